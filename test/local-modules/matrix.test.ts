// Whatever TypeScript a project has, and however its modules are written: what is loaded is what TypeScript
// found, in cells, files, children and scripts.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { nothingLeft } from '../support/processes/nothing-left';
import { differences, nameOf } from './differences';
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

for (const shape of SHAPES) {
  test(`A project with ${nameOf(shape)} loads its modules in cells, scripts and their children`, async () => {
    const project = new Project(shape);
    try {
      assert.deepEqual(await differences(project), []);
    } finally {
      project.remove();
    }
  });
}
