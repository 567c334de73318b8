// A whole kernel with a fake session and a fake compiler, and a front end beside it, without a socket.

import { join } from 'node:path';
import { Kernel } from '../../kernel/kernel';
import { MemoryTransport } from '../transport/memory-transport';
import { Client } from './client';
import { FakeCode } from './fake-code';

export const seal = { algorithm: 'sha256', key: 'a secret of the test' };

export async function startInMemory() {
  const transport = new MemoryTransport();
  const code = new FakeCode();
  const log: string[] = [];
  const kernel = new Kernel({
    transport,
    seal,
    code,
    sessionProgram: [join(__dirname, 'fake-session.js')],
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
    code,
    log,
    async stop(): Promise<void> {
      kernel.stop();
      await ended;
    },
    ended,
  };
}
