// A worker thread of a forked child lives and ends as everywhere, also after a full garbage collection.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Process } from '../../../src/index';
import { isForkingPossible } from '../../../src/start/zygote/zygote';
import { nothingLeft } from '../../support/processes/nothing-left';

// Where it is not the default, too.
process.env.PARLAB_ZYGOTE = 'on';
const canFork = isForkingPossible();
const TOO_LONG_MS = 30_000;

/** Says 0 by its exit code if the thread told what it should before it ended with the expected code. */
async function run(program: string, options: object, expected: string): Promise<void> {
  const { Worker } = await import('node:worker_threads');
  const v8 = await import('node:v8');
  const vm = await import('node:vm');
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  collect();
  const worker = new Worker(program, { eval: true, ...options });
  const told: unknown[] = [];
  worker.on('message', (message) => told.push(message));
  worker.on('error', (error: Error) => told.push(error.message));
  worker.once('online', collect);
  const code = await new Promise<number>((resolve) => worker.once('exit', resolve));
  if (`${told.join()}|${code}` !== expected) throw new Error(`${told.join()}|${code}`);
}

const PORT =
  'const { parentPort } = require("node:worker_threads"); const tell = (x) => parentPort.postMessage(x);';
const programs: [what: string, program: string, options: object, expected: string][] = [
  ['nothing to do', '', {}, '|0'],
  [
    'timers, the last of which is the last thing of all',
    `${PORT} setTimeout(tell, 60, 1); setTimeout(tell, 90, 2)`,
    {},
    '1,2|0',
  ],
  ['a timer that does not count', 'setInterval(() => {}, 1000).unref()', {}, '|0'],
  [
    'files to read',
    `${PORT} require("node:fs").promises.readFile("/dev/null").then(() => tell(1))`,
    {},
    '1|0',
  ],
  [
    'a message to wait for',
    `${PORT} parentPort.once("message", tell); setTimeout(() => parentPort.unref(), 50)`,
    {},
    '|0',
  ],
  [
    'options of its own',
    `${PORT} tell(process.execArgv.join())`,
    { execArgv: ['--no-warnings'] },
    '--no-warnings|0',
  ],
  ['an environment of its own', `${PORT} tell(Object.keys(process.env).join())`, { env: { A: '1' } }, 'A|0'],
  ['an exit code', 'process.exitCode = 7', {}, '|7'],
  ['process.exit()', 'process.exit(8)', {}, '|8'],
  ['an error', 'setTimeout(() => { throw new Error("broken") }, 1)', {}, 'broken|1'],
  [
    "work begun by 'beforeExit', which is told again afterwards",
    `${PORT} let n = 0; process.on("beforeExit", () => { tell(++n); if (n < 3) setTimeout(() => {}, 1) })`,
    {},
    '1,2,3|0',
  ],
  [
    'a thread of its own',
    'new (require("node:worker_threads").Worker)("1", { eval: true, env: {} })',
    {},
    '|0',
  ],
  ['an ES module', 'data:text/javascript,await 0; process.exitCode = 6', { eval: false }, '|6'],
];

for (const [what, program, options, expected] of programs) {
  test(`a thread with ${what} ends`, { skip: !canFork }, async () => {
    const url = program.startsWith('data:');
    const child = new Process({
      target: (program: string, options: object, expected: string, url: boolean) =>
        run(url ? (new URL(program) as unknown as string) : program, options, expected),
      args: [program, options, expected, url],
    });
    assert.deepEqual(await exitcodes([child]), [0]);
  });
}

/** The exit codes of children that run these, several at once: who is alone is not disturbed at bad moments. */
async function exitcodes(children: readonly Process[]): Promise<(number | null)[]> {
  for (const child of children) child.start();
  for (const child of children) {
    await child.join({ timeout: TOO_LONG_MS });
    if (child.isAlive()) child.kill();
  }
  return children.map((child) => child.exitcode);
}

test('a thread that is terminated at any moment takes nothing with it', { skip: !canFork }, async () => {
  const terminateAtAnyMoment = async () => {
    const { Worker } = await import('node:worker_threads');
    for (let afterMs = 0; afterMs < 100; afterMs += 3) {
      const worker = new Worker('setInterval(() => {}, 1)', { eval: true });
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await worker.terminate();
    }
  };
  const children = Array.from({ length: 6 }, () => new Process({ target: terminateAtAnyMoment }));
  assert.deepEqual(await exitcodes(children), [0, 0, 0, 0, 0, 0]);
});

test('a process that ends at any moment of its threads ends well', { skip: !canFork }, async () => {
  const endAtSomeMoment = async (afterMs: number) => {
    const { Worker } = await import('node:worker_threads');
    const NESTED = 'new (require("node:worker_threads").Worker)("setInterval(() => {}, 1)", { eval: true })';
    for (let thread = 0; thread < 3; thread++) new Worker(NESTED, { eval: true });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    process.exit(7);
  };
  const children = Array.from(
    { length: 30 },
    (_, n) => new Process({ target: endAtSomeMoment, args: [n * 5] }),
  );
  const codes = await exitcodes(children);
  assert.deepEqual(
    codes,
    codes.map(() => 7),
  );
});

after(nothingLeft);
