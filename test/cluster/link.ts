// The way between a host and the broker: what goes through it can be stopped and go on.
import { connect, createServer, type Socket } from 'node:net';
import { makeNetwork } from './network';

export interface Link {
  /** Where the host finds the broker. */
  readonly address: string;
  /** What stands before the host's command. */
  readonly inside: readonly string[];
  /** Nothing goes through any more, and nobody is told. */
  cut(): void;
  heal(): void;
  close(): void;
}

/** Straight at the broker: nothing can be done to it. */
export function straightTo(port: number): Link {
  const none = () => {};
  return { address: `127.0.0.1:${port}`, inside: [], cut: none, heal: none, close: none };
}

export async function linkTo(port: number): Promise<Link> {
  const network = makeNetwork();
  const sockets = new Set<Socket>();
  let isCut = false;
  // What is small goes at once, as through a cable.
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (isCut) from.pause();
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isCut) from.pause();
    }
  });
  const host = network?.address ?? '127.0.0.1';
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  // Where there is no cable to be pulled, what comes through the port waits.
  const setUp = (isUp: boolean) => {
    isCut = !isUp;
    for (const socket of sockets) {
      if (isUp) socket.resume();
      else socket.pause();
    }
  };
  const { cut, heal } = network
    ? { cut: () => network.setUp(false), heal: () => network.setUp(true) }
    : { cut: () => setUp(false), heal: () => setUp(true) };
  return {
    address: `${host}:${(server.address() as { port: number }).port}`,
    inside: network?.inside ?? [],
    cut,
    heal,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      network?.remove();
    },
  };
}
