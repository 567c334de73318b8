// A whole kernel with a fake session and a fake compiler, and a front end beside it, without a socket.

import { join } from 'node:path';
import { Kernel } from '../../../kernel/kernel-process/kernel';
import { Client } from './client';
import { FakeCells } from './fake-cells';
import { MemoryTransport } from './memory-transport';

export const seal = { algorithm: 'sha256', key: 'a secret of the test' };

export async function startInMemory(sessionProgram = [join(__dirname, 'fake-session.js')]) {
  const transport = new MemoryTransport();
  const cells = new FakeCells();
  const log: string[] = [];
  const kernel = new Kernel({
    transport,
    seal,
    cells,
    history: ':memory:',
    sessionProgram,
    log: (sentence) => log.push(sentence),
  });
  const client = new Client(
    {
      // Another turn, as a network would take: nobody must rely on an answer within the call.
      send: (channel, frames) => setImmediate(() => transport.deliver(channel, frames)),
      onMessage: (take) => {
        transport.receive = take;
      },
    },
    seal,
  );
  const ended = kernel.run();
  await transport.opened;
  return {
    kernel,
    client,
    transport,
    cells,
    log,
    async stop(): Promise<void> {
      kernel.stop();
      await ended;
    },
    ended,
  };
}
