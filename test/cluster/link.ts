// The cable between a host and the broker, on one computer: what goes through it can be stopped and go on.
import { connect, createServer, type Socket } from 'node:net';

export interface Link {
  readonly port: number;
  /** Nothing goes through any more, and nobody is told. */
  cut(): void;
  heal(): void;
  close(): void;
}

/** No cable at all: nothing can be done to it. */
export function straightTo(port: number): Link {
  const none = () => {};
  return { port, cut: none, heal: none, close: none };
}

export async function linkTo(port: number): Promise<Link> {
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    heal: () => {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
