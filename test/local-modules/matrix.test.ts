// Whatever TypeScript a project has, and however its modules are written: what is loaded is what TypeScript
// found, in cells, files, children and scripts.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { parlab } from '../commands/parlab';
import { nothingLeft } from '../nothing-left';
import { Project, type Shape } from './project';

after(nothingLeft);

const SHAPES: readonly Shape[] = [
  { typescript: undefined, type: 'commonjs', config: 'none' },
  { typescript: '7.0.2', type: 'module', config: 'none' },
  { typescript: '4.9.5', type: 'module', config: 'nodenext' },
  { typescript: '7.0.2', type: 'commonjs', config: 'nodenext' },
  { typescript: '4.9.5', type: 'commonjs', config: 'paths' },
  { typescript: undefined, type: 'module', config: 'paths' },
];

const named = ({ typescript = 'no TypeScript', type, config }: Shape) => `${typescript}, ${type}, ${config}`;
const only = process.env.ONLY ? [Number(process.env.ONLY)] : SHAPES.map((_, at) => at);

for (const at of only) {
  const shape = SHAPES[at] as Shape;
  describe(`A project with ${named(shape)}`, () => {
    const project = new Project(shape);
    after(() => project.remove());
    const lines = (word: string) => project.rows.map(({ gives }, row) => `${row} ${word} ${gives}`);

    test('in cells, and in their children', async () => {
      const { stdout, stderr } = await parlab(['run', project.notebook()]);
      const cells = project.rows.flatMap(({ gives, call }, row) => [
        `${row} cell ${gives}`,
        `${row} computed ${call === 'config' ? 'string' : 'function'}`,
      ]);
      assert.deepEqual([stderr, ...stdout.trim().split('\n')], ['', ...cells, ...lines('child')]);
    });

    test('in a script, and in its children', async () => {
      const { stdout, stderr } = await parlab(['run', project.script()]);
      assert.deepEqual([stderr, ...stdout.trim().split('\n')], ['', ...lines('script'), ...lines('child')]);
    });
  });
}
