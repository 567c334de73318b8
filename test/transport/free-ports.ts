// A connection of the kind that Jupyter writes, on ports that are free at the moment.

import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../kernel/kernel-process/transport/connection-file';

export async function freeConnection(): Promise<Connection> {
  const servers = Array.from({ length: 5 }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.once('listening', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = ports as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    transport: 'tcp',
    ip: '127.0.0.1',
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
  };
}

/** ZeroMQ connects to what does not listen yet only after a while, socket by socket: a test waits instead. */
export async function whenListening({ ip, shell_port }: Connection): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const socket = connect(shell_port, ip);
    const reached = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (reached) return;
    if (Date.now() > deadline) throw new Error(`Nobody listens on ${ip}:${shell_port}.`);
    await sleep(20);
  }
}
