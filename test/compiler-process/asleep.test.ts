// A compiler that sleeps, in real processes: what it is asked afterwards is answered as if it had not slept, and nothing is lost.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conversion } from '../../kernel/conversations/cells';
import { RemoteCells } from '../../kernel/kernel-process/compiler/remote-cells';
import { ownImage } from '../support/compiler/own-image';
import { nothingLeft } from '../support/processes/nothing-left';

const cache = ownImage();
const directory = mkdtempSync(join(tmpdir(), 'parlab-notebook-'));

before(async () => {
  process.env.PARLAB_CACHE = cache;
});

after(() => {
  rmSync(directory, { recursive: true });
});
after(nothingLeft);

interface Compiler {
  cells: RemoteCells;
  log: string[];
  sleeps(): Promise<void>;
}

async function withCompiler<T>(idleS: string, use: (compiler: Compiler) => Promise<T>): Promise<T> {
  process.env.PARLAB_COMPILER_IDLE = idleS;
  const log: string[] = [];
  const cells = new RemoteCells({ directory, log: (sentence) => log.push(sentence) });
  const sleeps = async (): Promise<void> => {
    for (let looks = 0; cells.pid !== undefined; looks++) {
      assert.ok(looks < 2000, 'It does not fall asleep.');
      await sleep(10);
    }
  };
  try {
    return await use({ cells, log, sleeps });
  } finally {
    await cells.close();
    delete process.env.PARLAB_COMPILER_IDLE;
  }
}

function write(path: string, text: string): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), text);
}

type Step = (cells: RemoteCells) => unknown;

let cell = 0;
function run(code: string): Step {
  cell += 1;
  const number = cell;
  return (cells) => cells.convert(code, { cell: number });
}

function complete(code: string): Step {
  return (cells) => cells.complete(code, code.length);
}

/** What a cell may leave behind, and what is asked about it later. */
const NOTEBOOK: readonly Step[] = [
  () =>
    write(
      'lib/shape.ts',
      'export interface Shape { side: number }\nexport const made = (side: number): Shape => ({ side });',
    ),
  run(
    'import { Lock, Process } from "parlab";\nimport { made } from "./lib/shape";\nconst lock = new Lock();',
  ),
  run(
    '/// <reference types="node" />\nlet count = 1; const late = [];\n/** How many there are. */\nfunction total(n: number): number { return n + count; }',
  ),
  run(
    'class Box<T> { #hidden = 1; constructor(public inside: T) {} get twice(): [T, T] { return [this.inside, this.inside]; } }',
  ),
  run(
    'enum Colour { red, green }\nnamespace Deep.Inner { export const found = 1; export type Found = typeof found; }\ntype Pair = [Colour, Deep.Inner.Found];',
  ),
  run('declare global { interface Array<T> { last(): T } }\ninterface Named { name: string }'),
  run('const pair: Pair = [Colour.red, 1];\n[1, 2].last() + made(3).side + new Box(1).twice[0]'),
  run('const wrong: number = "x" + pair;'),
  run('count = "one";'),
  run('missing + 1'),
  run('lock.acquire();'),
  complete('total'),
  complete('new Box("a").inside.toU'),
  complete('import { made } from "./lib/sh'),
  (cells) => cells.inspect('total', 3),
  (cells) => cells.inspect('made', 2, 1),
  (cells) => cells.isComplete('if (count) {'),
  (cells) => cells.commandLines('!count = 2\n!npm ls'),
  (cells) => cells.expression('count + total(2)', new Set(['total'])),
  (cells) => cells.typeOf('pair'),
  (cells) => cells.typeOf('total'),
  (cells) => cells.declare('given'),
  run('given.anything'),
  run('let count: string = "now a text"; count.length'),
  run('total(count.length); interface Named { age: number }\nconst named: Named = { age: 1 };'),
  run('named.name'),
  () =>
    write(
      'lib/shape.ts',
      'export interface Shape { side: string }\nexport const made = (side: string): Shape => ({ side });',
    ),
  run('made(3)'),
  run('made("3").side.length'),
  () => write('lib/shape.ts', 'export const other = 1;'),
  run('import { other } from "./lib/shape"; other'),
  (cells) => cells.forget(),
  run('count'),
];

/** tslab ends each program with a comment: how many it has made. */
function withoutCount(answer: unknown): unknown {
  const conversion = answer as Conversion | undefined;
  if (typeof conversion !== 'object' || !conversion.ok) return answer;
  const { program } = conversion;
  return {
    ...conversion,
    program: { ...program, javascript: program.javascript.replace(/ \/\/ \d+\n$/, '') },
  };
}

test('A notebook is answered alike by a compiler that sleeps before every question and by one that never sleeps', async () => {
  const answers = (idleS: string) =>
    withCompiler(idleS, async ({ cells, sleeps }) => {
      const given: unknown[] = [];
      for (const step of NOTEBOOK) {
        given.push(withoutCount(await step(cells)));
        if (idleS !== '0') await sleeps();
      }
      return given;
    });
  const awake = await answers('0');
  const slept = await answers('0.01');
  for (const [at, answer] of slept.entries()) assert.deepEqual(answer, awake[at], `step ${at}`);
});

test('Questions that come at the very moment when a compiler falls asleep are answered', async () => {
  await withCompiler('0.03', async ({ cells, log, sleeps }) => {
    await cells.convert('let sum: number = 0;', { cell: 0 });
    for (let round = 1; round <= 15; round++) {
      await sleep(28 + (round % 9));
      const inspected = cells.inspect('sum', 1);
      const converted = await cells.convert(`const v${round} = sum + ${round};`, { cell: round });
      assert.equal(converted.ok, true);
      assert.match((await inspected)?.text ?? '', /number/);
    }
    await sleeps();
    const all = Array.from({ length: 15 }, (_, at) => `v${at + 1}`).join(' + ');
    assert.equal((await cells.convert(`const all: number = ${all};`, { cell: 16 })).ok, true);
    assert.deepEqual(log, [], 'no end of a compiler is told');
  });
});

test('forget() while a compiler falls asleep, and while it sleeps, leaves nothing to be remembered', async () => {
  await withCompiler('0.03', async ({ cells, sleeps }) => {
    for (let round = 0; round < 4; round++) {
      await cells.convert('const once = 1;', { cell: 1 });
      if (round === 0) await sleeps();
      else await sleep(26 + 2 * round);
      cells.forget();
      assert.equal((await cells.convert('once', { cell: 2 })).ok, false);
    }
  });
});

test('An interrupt while it thaws ends the cell, which declares nothing, and the notebook goes on', async () => {
  await withCompiler('0.05', async ({ cells, sleeps }) => {
    await cells.convert('const kept = 1;', { cell: 1 });
    for (const afterMs of [0, 20, 100, 300]) {
      await sleeps();
      const interrupted = cells.convert('const kept = "x", gone = 1;', { cell: 2 });
      await sleep(afterMs);
      cells.interrupt();
      const how = await interrupted.then(
        () => 'answered before',
        ({ name }: Error) => name,
      );
      if (how === 'answered before') continue;
      assert.equal(how, 'KeyboardInterrupt');
      assert.equal((await cells.convert('gone', { cell: 3 })).ok, false);
      assert.equal((await cells.convert('kept + 1 satisfies number', { cell: 4 })).ok, true);
    }
  });
});

test('A compiler that is killed while it thaws, or as it falls asleep, is replaced by one that knows as much', async () => {
  await withCompiler('0.05', async ({ cells, sleeps }) => {
    await cells.convert('const kept: string = "here";', { cell: 1 });
    for (const afterMs of [0, 30, 120]) {
      await sleeps();
      const asked = cells.convert('kept.nothing', { cell: 2 });
      await sleep(afterMs);
      if (cells.pid !== undefined) process.kill(cells.pid, 'SIGKILL');
      assert.equal((await asked).ok, false);
      assert.equal((await cells.convert('kept.length', { cell: 3 })).ok, true);
    }
    await sleep(48);
    if (cells.pid !== undefined) process.kill(cells.pid, 'SIGKILL');
    assert.equal(await cells.typeOf('kept'), 'string');
  });
});

test('close() while it sleeps, falls asleep or thaws leaves nothing, and whoever waits hears of it', async () => {
  for (const waitMs of [0, 30, 32, 35, 300]) {
    await withCompiler('0.03', async ({ cells }) => {
      await cells.convert('1', { cell: 1 });
      await sleep(waitMs);
      const asked = waitMs === 300 ? cells.inspect('Math', 2) : undefined;
      const heard = asked && assert.rejects(Promise.resolve(asked), /kernel is ending/);
      await cells.close();
      await heard;
      assert.equal(cells.pid, undefined);
    });
  }
});

test('A compiler without an image stays awake, since thawing would take seconds', async () => {
  process.env.PARLAB_CACHE = mkdtempSync(join(tmpdir(), 'parlab-cache-'));
  try {
    await withCompiler('0.05', async ({ cells }) => {
      await cells.convert('1', { cell: 1 });
      const { pid } = cells;
      await sleep(400);
      assert.equal(cells.pid, pid);
    });
  } finally {
    rmSync(process.env.PARLAB_CACHE, { recursive: true });
    process.env.PARLAB_CACHE = cache;
  }
});
