// A storm of mixed cells, local modules among them, with an interrupt now and then: none may be lost, and each must end its cell soon.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RealKernel, startRealKernel } from '../support/kernel/real-kernel';

export interface InterruptStorm {
  cells: number;
  /** Milliseconds from each interrupt to its cell's idle. */
  interrupts: number[];
}

/** Long enough for an endless cell to be deep in its work. */
const BEFORE_MS = 80;

const modules: { [name: string]: string } = {
  'twice.ts': 'export const twice = (n: number): number => 2 * n;\n',
  'loops.ts':
    "import { twice } from './twice';\nexport function loop(): never {\n  for (let n = 1; ; ) n = twice(n) % 7;\n}\n",
};

type Cell = (n: number) => { code: string; result?: string; prints?: string; fails?: RegExp };

const ordinary: Cell[] = [
  (n) => ({ code: `${n} + 1`, result: String(n + 1) }),
  (n) => ({ code: `let v${n} = ${n}; v${n} * 2`, result: String(2 * n) }),
  () => ({ code: `for (let i = 0; i < 50; i++) console.log(i);`, prints: lines(50) }),
  (n) => ({ code: `import { twice } from './twice'; twice(${n})`, result: String(2 * n) }),
  (n) => ({ code: `await new Promise((go) => setTimeout(go, 2)); ${n}`, result: String(n) }),
  (n) => ({ code: `const wrong${n}: boolean = ${n};`, fails: /not assignable/ }),
  (n) => ({ code: `throw new Error('number ${n}');`, fails: new RegExp(`number ${n}`) }),
  (n) => ({ code: `class Point { constructor(readonly x = ${n}) {} } new Point().x`, result: String(n) }),
  (n) => ({ code: `[{ n: ${n} }, { n: 1 }].length`, result: '2' }),
  (n) => ({
    code: `import { Process } from 'parlab'; import { twice } from './twice'; const p${n} = new Process({ target: () => console.log(twice(${n})) }); p${n}.start(); await p${n}.join(); p${n}.exitcode`,
    result: '0',
    prints: `${2 * n}\n`,
  }),
  (n) => ({ code: `setTimeout(() => {}, 5); Promise.resolve().then(() => {}); ${n}`, result: String(n) }),
  (n) => ({ code: `!echo ${n}\n`, prints: `${n}\n` }),
];

const endless: string[] = [
  'while (true) {}',
  'await 0; while (true) {}',
  "import { loop } from './loops'; loop();",
  'await new Promise(() => {});',
  'for (;;) await null;',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  "/^(a*)*b$/.test('a'.repeat(40));",
  "for (;;) console.log('x');",
  "import { execFileSync } from 'node:child_process'; execFileSync('sleep', ['100']);",
  "import { Process } from 'parlab'; const q = new Process({ target: () => { for (;;); } }); q.start(); q.joinSync();",
  "import { Queue } from 'parlab'; await new Queue().get({ timeout: 60_000 });",
  'for (;;) try { await new Promise((go) => setTimeout(go, 5)); } catch {}',
  'setTimeout(() => { for (;;); }, 1); await new Promise(() => {});',
  '!sleep 100',
  "prompt('Name? ')",
];

/** One in `every` cells is interrupted. Throws where a cell does not do what it should. */
export async function interruptStorm(cells: number, every = 40): Promise<InterruptStorm> {
  const kernel = await startRealKernel();
  try {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(kernel.directory, name), text);
    const interrupts: number[] = [];
    for (let n = 1; n <= cells; n++) {
      if (n % every === 0)
        interrupts.push(await interrupted(kernel, endless[(n / every) % endless.length] as string));
      else await runs(kernel, (ordinary[n % ordinary.length] as Cell)(n));
    }
    await runs(kernel, { code: 'v1 + v13', result: '14' });
    return { cells, interrupts };
  } finally {
    await kernel.stop();
  }
}

async function interrupted(kernel: RealKernel, code: string): Promise<number> {
  const cell = kernel.client.execute(`console.log('begun');\n${code}`.replace(/^(.*\n)(!.*)$/, '$2'));
  if (!code.startsWith('!')) await cell.until(() => cell.text('stdout').includes('begun'), 'the beginning');
  await sleep(BEFORE_MS);
  const began = performance.now();
  kernel.client.interrupt();
  const reply = await cell.done();
  const tookMs = performance.now() - began;
  if (reply.status !== 'error' || reply.ename !== 'KeyboardInterrupt') {
    throw new Error(`${code} was interrupted, and then: ${JSON.stringify(reply)}`);
  }
  return tookMs;
}

async function runs(kernel: RealKernel, { code, result, prints, fails }: ReturnType<Cell>): Promise<void> {
  const cell = kernel.client.execute(code, { stop_on_error: false });
  const reply = await cell.done();
  if (prints !== undefined)
    await cell.until(() => cell.text('stdout').length >= prints.length, `what ${code} prints`);
  const holds =
    (fails === undefined ? reply.status === 'ok' : fails.test(JSON.stringify(reply))) &&
    (result === undefined || cell.result === result) &&
    (prints === undefined || cell.text('stdout') === prints);
  if (!holds) throw new Error(`${code} ended so: ${JSON.stringify([reply, cell.published])}`);
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, i) => `${i}\n`).join('');
}
