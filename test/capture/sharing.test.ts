// Which functions share a variable, and what `this` is in an arrow function: in the other process as in this one.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, describe, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import v8 from 'node:v8';
import { capture } from '../../src/capture/capture';
import { restore } from '../../src/capture/restore/restore';
import { argumentsPrograms } from '../support/capture/arguments-programs';
import { allElsewhere } from '../support/capture/elsewhere';
import { instances, type Way, ways } from '../support/capture/program-files';
import { commonPrograms, sharingPrograms, thisPrograms } from '../support/capture/sharing-programs';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const programs = { ...sharingPrograms, ...argumentsPrograms, ...thisPrograms, ...commonPrograms };

for (const way of Object.keys(ways) as Way[]) {
  describe(`${way}, functions answer in another process as they answer here:`, () => {
    let answers: unknown[] = [];
    let right: unknown[] = [];

    test('all programs are captured', async () => {
      const texts = Object.values(programs);
      // Of each program two instances: who is called here is not who travels.
      const [here, there] = [await instances(way, texts), await instances(way, texts)];
      answers = allElsewhere(there);
      right = await Promise.all(here.map((target) => target()));
    });

    for (const [index, name] of Object.keys(programs).entries()) {
      test(name, () => assert.deepEqual(answers[index], right[index]));
    }
  });
}

test('Functions of a factory are told apart in a module that exports much', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlab-exports-'));
  const file = join(folder, 'logger.mjs');
  // What a module exports V8 keeps elsewhere than its other variables.
  writeFileSync(
    file,
    `export const None = 0, Warn = 2, Info = 3; export let heard = 0; const kinds = ['warn'];
    export default function logger(_, method, handler = (m) => [method ?? m, kinds[0], Info]) {
      let level = _ || None;
      return { level(_) { if (arguments.length) level = _; return level; }, warn: () => (level >= Warn ? handler('x') : level) };
    }`,
  );
  try {
    const { default: logger } = (await import(pathToFileURL(file).href)) as { default: MakeLogger };
    const [one, two] = [logger(1), logger(1, 'own')];
    const target = () => [
      one.warn(),
      one.level(2),
      one.warn(),
      two.warn(),
      two.level(),
      two.level(3),
      two.warn(),
    ];
    assert.deepEqual(allElsewhere([target]), [target()]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

type MakeLogger = (level: number, method?: string) => { level(level?: number): number; warn(): unknown };

test('What is common needs no heap snapshot', async (t: TestContext) => {
  const taken = t.mock.method(v8, 'getHeapSnapshot');
  const texts = Object.values(commonPrograms);
  for (const way of ['In CommonJS files', 'In ES modules'] as const) {
    for (const [index, target] of (await instances(way, texts)).entries()) {
      capture({ target });
      assert.equal(taken.mock.callCount(), 0, `${way}: ${texts[index]}`);
    }
  }
});

test('What a heap snapshot said of a function is remembered', async (t: TestContext) => {
  const taken = t.mock.method(v8, 'getHeapSnapshot');
  const text = sharingPrograms['one counter with two ends'] as string;
  const [target] = await instances('In CommonJS files', [text]);
  for (let round = 0; round < 3; round++) capture({ target });
  assert.equal(taken.mock.callCount(), 1);
});

test('What was made again in another process travels on without one', async (t: TestContext) => {
  const names = [
    'one counter with two ends',
    'a function that is called without this, in a method',
    'a static block and static fields',
  ];
  const texts = names.map((name) => programs[name as keyof typeof programs] as string);
  const made = restore(capture(await instances('In CommonJS files', texts)), require);
  const taken = t.mock.method(v8, 'getHeapSnapshot');
  capture(made);
  assert.equal(taken.mock.callCount(), 0);
});

test('A process hands on what a process has made again, with all that is shared', async () => {
  const texts = Object.values(argumentsPrograms);
  const there = await instances('In CommonJS files', texts);
  const right = await Promise.all(
    (await instances('In CommonJS files', texts)).map(async (target) => await target()),
  );
  const handedOn = restore(capture(restore(capture(there), require)), require) as typeof there;
  assert.deepEqual(await Promise.all(handedOn.map(async (target) => await target())), right);
});
