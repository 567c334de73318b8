// `npm run matrix`: local modules in every kind of project, with real versions of TypeScript from the registry.

import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { differences, nameOf } from './differences';
import { CONFIGS, Project, type Shape } from './project';

const VERSIONS = [undefined, '4.9', '5', '6', '7'] as const;
const TYPES = ['commonjs', 'module'] as const;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const shapes: Shape[] = VERSIONS.flatMap((typescript) =>
  TYPES.flatMap((type) => CONFIGS.map((config) => ({ typescript, type, config }))),
).filter((shape) => nameOf(shape).includes(values.only));

void main();

async function main(): Promise<void> {
  let failed = 0;
  for (const shape of shapes) {
    const wrong = await tried(shape);
    failed += wrong.length === 0 ? 0 : 1;
    console.log([`${wrong.length === 0 ? 'holds' : 'FAILS'}  ${nameOf(shape)}`, ...wrong].join('\n  '));
  }
  console.log(`${shapes.length - failed} of ${shapes.length} projects hold`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function tried(shape: Shape): Promise<string[]> {
  const project = new Project({ ...shape, typescript: undefined });
  try {
    if (shape.typescript !== undefined) {
      const options = { cwd: project.folder, stdio: 'ignore' } as const;
      const version = `typescript@${shape.typescript}`;
      execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', version], options);
      project.linkShared();
    }
    return await differences(project);
  } finally {
    project.remove();
  }
}
