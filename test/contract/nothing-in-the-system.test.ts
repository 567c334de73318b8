// CPython's `TestResourceTracker` and `TestNamedResource`: it needs a tracker for what it names in the system. Here nothing has a
// name there, so that nothing can be left, whoever dies.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, describe, test } from 'node:test';
import { getAllStartMethods, Process, Queue, SharedMemory, SharedMemoryNotFoundError } from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { compiled, runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

const SHM = '/dev/shm';

function named(): string[] {
  // Node keeps its caches in the temporary folder.
  const temporary = readdirSync(tmpdir()).filter((name) => !name.includes('compile-cache'));
  return [
    ...temporary,
    ...(existsSync(SHM) ? readdirSync(SHM).filter((name) => /parlab|held/.test(name)) : []),
  ];
}

for (const [name, signal] of [
  ['test_resource_tracker_sigint', 'SIGINT'],
  ['test_resource_tracker_sigterm', 'SIGTERM'],
  ['test_resource_tracker_sigkill', 'SIGKILL'],
] as const) {
  test(
    `${name}: a program has nothing in the system while it runs, and nothing when ${signal} has ended it`,
    needsProcesses,
    async () => {
      const before = named();
      const program = spawn(process.execPath, [compiled('holds-memory')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let errors = '';
      program.stderr.on('data', (text: Buffer) => (errors += text));
      assert.equal(String((await once(program.stdout, 'data'))[0]), 'held\n');
      assert.deepEqual(named(), before);
      program.kill(signal);
      assert.deepEqual((await once(program, 'close'))[1], signal);
      assert.deepEqual([named(), errors], [before, '']);
      assert.throws(() => new SharedMemory({ name: 'held' }), SharedMemoryNotFoundError);
    },
  );
}

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    test('test_resource_tracker: memory that a killed child had made keeps its name, until its parent unlinks it', async () => {
      const names = new Queue<string>();
      const child = new Process({
        target: () => {
          const memory = new SharedMemory({ create: true, size: 8 });
          memory.buf[0] = 5;
          names.putSync(memory.name);
          for (;;);
        },
        method,
      });
      child.start();
      const name = await names.get({ timeout: 30_000 });
      const memory = new SharedMemory({ name });
      child.kill();
      await child.join();
      assert.equal(memory.buf[0], 5);
      memory.unlink();
      assert.throws(() => new SharedMemory({ name }), SharedMemoryNotFoundError);
    });

    test('test_resource_tracker_reused: a child and its parent know the same names', async () => {
      const memory = new SharedMemory({ create: true, size: 8 });
      const child = new Process({
        target: (name: string) => {
          const mine = new SharedMemory({ name });
          mine.buf[1] = 6;
          mine.unlink();
        },
        args: [memory.name],
        method,
      });
      child.start();
      await child.join();
      assert.deepEqual([child.exitcode, memory.buf[1]], [0, 6]);
      assert.throws(() => memory.unlink(), SharedMemoryNotFoundError);
    });

    test('test_global_named_resource_spawn: what a program has at its top level is no trouble to its children', async () => {
      const ended = await runProgram([compiled('attaches')], { PARLAB_START_METHOD: method });
      assert.deepEqual([ended.stderr, ended.code], ['', 0]);
    });
  });
}

test(
  'test_shared_memory_SharedMemoryServer_ignores_sigint: an interrupt takes no memory away',
  needsProcesses,
  async () => {
    const memory = new SharedMemory({ create: true, size: 8 });
    const ready = new Queue<boolean>();
    const child = new Process({
      target: (name: string) => {
        const mine = new SharedMemory({ name });
        const timer = setInterval(() => {}, 1000);
        process.once('SIGINT', () => {
          mine.buf[0] = 7;
          clearInterval(timer);
        });
        ready.putSync(true);
      },
      args: [memory.name],
      method: 'process',
    });
    child.start();
    await ready.get({ timeout: 30_000 });
    child.interrupt();
    await child.join();
    assert.equal(memory.buf[0], 7);
    memory.unlink();
  },
);

after(nothingLeft);
