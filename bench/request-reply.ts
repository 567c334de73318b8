// Prints how many milliseconds one request and its reply take through the engine of a room, between two processes.
import { connect } from '@nats-io/transport-node';
import { Process, Queue } from '../src/index';
import { times } from './quick';
import { inRoom } from './room';

const COUNT = times(500);

async function main(): Promise<void> {
  const ms = await inRoom([], async ({ port, token }) => {
    const ready = new Queue<number>();
    const server = new Process({
      target: async () => {
        const nc = await connect({ servers: `127.0.0.1:${port}`, token });
        nc.subscribe('echo', { callback: (_error, message) => void message.respond() });
        await nc.flush();
        ready.putSync(1);
        await nc.closed();
      },
      daemon: true,
    });
    server.start();
    await ready.get();
    const nc = await connect({ servers: `127.0.0.1:${port}`, token });
    const all: number[] = [];
    for (let i = 0; i < COUNT + 20; i++) {
      const began = performance.now();
      await nc.request('echo');
      if (i >= 20) all.push(performance.now() - began);
    }
    await nc.close();
    server.terminate();
    await server.join();
    return all.sort((a, b) => a - b)[COUNT >> 1];
  });
  process.stdout.write(`\n${ms}\n`);
}

void main();
