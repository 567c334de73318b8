// A connection of the kind that Jupyter writes, on ports that are free at the moment.

import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../../kernel/kernel-process/transport/connection-file';

// Below those that systems give to outgoing connections: one of these could take a port before the kernel has it.
const LOWEST_PORT = 10_000;
const PORTS = 20_000;

export async function freeConnection(): Promise<Connection> {
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
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

const given = new Set<number>();

/** Another one each time. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORTS);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  return new Promise((resolve) => {
    server.once('listening', () => server.close(() => resolve(true))).once('error', () => resolve(false));
  });
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
