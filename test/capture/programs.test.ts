// Whole programs, in each way that a program can be run: what their functions close over arrives.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test, { after, describe } from 'node:test';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const root = join(__dirname, '../../..');
const programs = join(root, 'test/programs/capture');

function run(args: string[], env: NodeJS.ProcessEnv = {}): { value?: unknown; stack?: string } {
  const ran = spawnSync(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      TS_NODE_PROJECT: join(programs, 'tsconfig.json'),
      TS_NODE_TRANSPILE_ONLY: '1',
      ...env,
    },
    encoding: 'utf8',
    timeout: 120_000,
  });
  assert.equal(ran.status, 0, ran.stderr);
  assert.equal(ran.stderr, '');
  return JSON.parse(ran.stdout);
}

describe('the main file of a program, whose functions run elsewhere without running it again,', () => {
  test('may be TypeScript under ts-node', () => {
    const { value } = run(['-r', 'ts-node/register', join(programs, 'entry.ts')]);
    const local = [2000, 1, 'hello child', 4, ['a'], 'Hi Ada', 100];
    assert.deepEqual(value, [...local, 'function', 'a/b', 'function', 200, false]);
  });

  test('and then its stack traces name the lines as they are written', () => {
    const { stack } = run(['-r', 'ts-node/register', join(programs, 'entry.ts')], { PART: 'fails' });
    assert.match(stack ?? '', /at the written line/);
    assert.ok(stack?.includes(`(${join(programs, 'entry.ts')}:58:9)`), stack);
  });

  test('may be compiled CommonJS with the helpers of the compiler', () => {
    const { value } = run([join(programs, 'entry.cjs')]);
    assert.deepEqual(value, [42, 4, 'hidden 1', 'function', 1, true, [1, 2]]);
  });

  test('may be an ES module', () => {
    const { value } = run([join(programs, 'entry.mjs')]);
    const local = [6, 8, 3, 9, 'ring 5', true, 2];
    assert.deepEqual(value, [...local, 'function', 'function', true, 'function', true, true]);
  });
});
