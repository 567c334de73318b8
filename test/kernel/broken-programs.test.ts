// One cell can neither silence nor end the session, whatever it does to what both share; where nothing else is left, a new session
// takes over and says so. A real session behind a kernel without sockets.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { replaceable } from '../programs/broken';
import { startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';
import { stopwatch } from '../support/processes/stopwatch';

const sessionProgram = join(__dirname, '../../kernel/session-process/entry.js');
const BEFORE_MS = 40;
/** Two seconds until a session is given up, and much more for a slow machine. */
const SOON_MS = 6000;
const PRINTS = /^console\.log\(\d+\);$/;

describe('a cell', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory([sessionProgram]);
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  /** Every error must be seen, and every cell end. */
  async function run(code: string, isInterrupted = false) {
    if (!PRINTS.test(code)) isUntouched = false;
    const took = stopwatch(kernel.kernel.sessionPid);
    const cell = kernel.client.execute(code);
    if (isInterrupted) {
      await sleep(BEFORE_MS);
      await kernel.client.interrupt().done();
    }
    const reply = await cell.done();
    assert.ok(took() < SOON_MS, `${code} took ${took()} ms`);
    assert.ok(reply.status === 'ok' || cell.contents('error').length > 0, code);
    return { reply, cell };
  }

  /** A session that has only printed something is as good as a new one. */
  let isUntouched = false;
  async function newSession(): Promise<void> {
    if (isUntouched) return;
    isUntouched = true;
    const { sessionPid } = kernel.kernel;
    if (sessionPid === undefined) return;
    process.kill(sessionPid, 'SIGKILL');
    while (kernel.kernel.sessionPid === sessionPid) await sleep(5);
  }

  const silences: [what: string, code: string][] = [
    [
      'pipes a file into process.stdout',
      `await require('node:stream/promises').pipeline(require('node:fs').createReadStream(${JSON.stringify(__filename)}), process.stdout);`,
    ],
    [
      'pipes a failing stream into process.stdout',
      "await require('node:stream/promises').pipeline(require('node:fs').createReadStream('/nowhere'), process.stdout).catch(() => {});",
    ],
    [
      'pipes a web stream into process.stdout',
      "await new Blob(['x']).stream().pipeTo(require('node:stream').Writable.toWeb(process.stdout));",
    ],
    ['ends process.stdout', 'process.stdout.end();'],
    [
      'ends process.stdout and waits',
      "process.stdout.end('x'); await new Promise((go) => setTimeout(go, 20));",
    ],
    [
      'ends process.stdout many times, and waits for each',
      `const { pipeline, finished } = require('node:stream/promises');
      for (let i = 0; i < 20; i++) {
        await new Promise((go) => process.stdout.end('x', () => go()));
        process.stdout.end();
        await finished(process.stdout);
        await pipeline(['y'], process.stdout);
        await pipeline(async function* () { yield 'z'; throw new Error('on purpose'); }, process.stdout).catch(() => {});
        await require('node:stream').Writable.toWeb(process.stdout).close();
      }`,
    ],
    ['destroys process.stdout', 'process.stdout.destroy();'],
    [
      'destroys process.stdout with an error',
      "process.stdout.on('error', () => {}); process.stdout.destroy(new Error('on purpose'));",
    ],
    ...(['process.stdout', 'process.stderr'] as const).map((stream): [string, string] => [
      `destroys ${stream} with an error, and waits for its end`,
      `${stream}.on('error', () => {});
      for (const pause of [() => {}, () => new Promise((go) => process.nextTick(go)), () => new Promise((go) => setTimeout(go, 5))]) {
        ${stream}.destroy(new Error('on purpose'));
        await pause();
        await new Promise((go) => ${stream}.end(go));
        await pause();
        await new Promise((go) => ${stream}.end('', go));
      }`,
    ]),
    ['corks process.stdout', "process.stdout.cork(); process.stdout.cork(); process.stdout.write('x');"],
    ['changes the encoding of process.stdout', "process.stdout.setDefaultEncoding('utf16le');"],
    ['ends process.stderr', 'process.stderr.end();'],
    ['removes all listeners of process.stdout', 'process.stdout.removeAllListeners();'],
    ['takes process.nextTick away', 'process.nextTick = () => {};'],
    ['takes the timers away', 'globalThis.setImmediate = globalThis.setTimeout = () => {};'],
    ['replaces Array.prototype.push', 'Array.prototype.push = () => 0;'],
    ['replaces Map.prototype.set', "Map.prototype.set = () => { throw new Error('replaced'); };"],
    ['replaces fs.writeSync', "require('node:fs').writeSync = () => 0;"],
    [
      'closes the descriptors of the session',
      "const fs = require('node:fs'); for (const fd of [3, 4, 5, 6]) try { fs.closeSync(fd); } catch {}",
    ],
    [
      'closes them later',
      "const fs = require('node:fs'); for (const fd of [3, 4, 5, 6]) try { fs.close(fd, () => {}); } catch {}",
    ],
    [
      'removes all listeners of the process, and fails in the background',
      "process.removeAllListeners(); setTimeout(() => { throw new Error('later'); }, 10); Promise.reject(new Error('too')); await new Promise((go) => setTimeout(go, 50));",
    ],
  ];
  for (const [what, code] of silences) {
    test(`that ${what} neither silences nor ends the session`, async () => {
      await newSession();
      await run('exports.kept = 1;');
      await run(code);
      const { cell } = await run("console.log('out', exports.kept); console.error('err');");
      assert.deepEqual([cell.text('stdout'), cell.text('stderr')], ['out 1\n', 'err\n']);
      const { reply } = await run('for (;;);', true);
      assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
      const { cell: last } = await run('console.log(exports.kept);');
      assert.equal(last.text('stdout'), '1\n');
    });
  }

  for (const call of ['closeSync(3)', "writeSync(3, 'x')", 'readFileSync(4)', "writeFileSync(6, 'x')"]) {
    test(`that calls fs.${call} is told whose the descriptor is`, async () => {
      const { reply } = await run(`require('node:fs').${call};`);
      assert.match(JSON.stringify(reply), /Descriptor \d belongs to the notebook/);
    });
  }

  for (const fd of [3, 5, 6]) {
    test(`that closes descriptor ${fd} behind the session's back is told so, and a new session takes over`, async () => {
      await newSession();
      await run('exports.kept = 1; await new Promise((go) => setTimeout(go, 300));');
      const { cell, reply } = await run(
        `new (require('node:net').Socket)({ fd: ${fd} }).destroy(); ${fd === 3 ? '' : 'await new Promise(() => {});'}`,
      );
      assert.equal(reply.status === 'error' && reply.ename, 'SessionEnded', JSON.stringify(reply));
      assert.match(String(cell.contents('error').at(-1)?.evalue), /speak with the kernel/);
      const { cell: next } = await run('console.log(String(exports.kept));');
      assert.equal(next.text('stdout'), 'undefined\n');
    });
  }

  test('that nothing can stop is ended with its session, which says so', async () => {
    await newSession();
    // Inside of one call that Node does not come back from for seconds.
    const { reply } = await run("require('node:crypto').pbkdf2Sync('p', 's', 2e8, 64, 'sha512');", true);
    assert.match(JSON.stringify(reply), /An interrupt could not stop what the session was doing/);
    const { cell } = await run('console.log(42);');
    assert.equal(cell.text('stdout'), '42\n');
  });

  test('whose session is stopped as a whole is ended with it, soon', async () => {
    await newSession();
    const { reply } = await run("process.kill(process.pid, 'SIGSTOP');", true);
    assert.match(JSON.stringify(reply), /did not answer to an interrupt/);
    const { cell } = await run('console.log(42);');
    assert.equal(cell.text('stdout'), '42\n');
  });

  test('that loops in process.nextTick ends; before Node 24 its session may end with it, and says so', async () => {
    await newSession();
    const { reply } = await run(
      '(function again() { process.nextTick(again); })(); await new Promise(() => {});',
      true,
    );
    assert.match(JSON.stringify(reply), /"(KeyboardInterrupt|SessionEnded)"/);
    const { cell } = await run('console.log(42);');
    assert.equal(cell.text('stdout'), '42\n');
  });

  // Not what people do; but each may do a part of it.
  const lost: string[] = [];
  for (const [how, replacement] of [
    ['throws', "() => { throw new Error('replaced'); }"],
    ['does nothing', '() => undefined'],
  ] as const) {
    for (const owner of replaceable()) {
      test(`after which everything in ${owner} ${how} leaves cells that end, and interrupts that end them`, async () => {
        await newSession();
        const pid = kernel.kernel.sessionPid;
        await run(`
          const { defineProperty, getOwnPropertyDescriptor } = Object;
          const owner = ${owner};
          const keys = Reflect.ownKeys(owner);
          for (let i = 0; i < keys.length; i++) {
            const { value, configurable } = getOwnPropertyDescriptor(owner, keys[i]);
            if (typeof value === 'function' && configurable && keys[i] !== 'constructor') {
              defineProperty(owner, keys[i], { value: ${replacement}, configurable: true, writable: true });
            }
          }`);
        await run('for (;;);', true);
        await run('exports.n = 1;');
        if (kernel.kernel.sessionPid !== pid) lost.push(`${owner} ${how}`);
        await newSession();
        const { cell } = await run('console.log(42);');
        assert.equal(cell.text('stdout'), '42\n');
      });
    }
  }

  test('costs the session only where Node itself cannot go on without what is gone', () => {
    assert.ok(lost.length <= 12, lost.join('\n'));
  });
});
