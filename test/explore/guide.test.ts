// The programs in docs/exploring.md compile, run, and print what stands there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import { compilerOptions, projectRoot } from '../support/docs/examples';
import { nothingLeft } from '../support/processes/nothing-left';

const PATIENCE_MS = 120_000;
/** Inside the package, so that the programs find it by its name. */
const folder = path.join(projectRoot, 'dist/guide');
const text = readFileSync(path.join(projectRoot, 'docs/exploring.md'), 'utf8');

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await nothingLeft();
});

function blocks(): { name: string; code: string }[] {
  return [...text.matchAll(/```ts\n(\/\/ (\S+)\n[\s\S]*?)\n```/g)].map(([, code = '', name = '']) => ({
    name,
    code,
  }));
}

/** The block without a language that follows a program. */
function outputBehind(name: string): string {
  const behind = text.slice(text.indexOf(`// ${name}\n`));
  return /\n```\n\n(?:[^`]*\n)?```\n([\s\S]*?)\n```/.exec(behind)?.[1] ?? '';
}

async function run(args: readonly string[]): Promise<string> {
  const options = {
    cwd: folder,
    timeout: PATIENCE_MS,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  };
  try {
    return (await promisify(execFile)(process.execPath, [...args], options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

test('the programs of the guide compile', () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = blocks().map(({ name, code }) => {
    const file = path.join(folder, name);
    writeFileSync(file, `${code}\n`);
    return file;
  });
  assert.ok(files.length >= 6, `${files.length} programs`);
  const options = {
    ...compilerOptions,
    inlineSourceMap: true,
    sourceMap: false,
    declaration: false,
    rootDir: folder,
    outDir: folder,
  };
  const program = ts.createProgram(files, options);
  const faults = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  assert.equal(
    ts.formatDiagnostics(faults, {
      getCanonicalFileName: String,
      getCurrentDirectory: () => folder,
      getNewLine: () => '\n',
    }),
    '',
  );
});

test('the test with the race fails as it says', async () => {
  const output = await run(['--test', '--test-reporter=tap', 'tickets.test.js']);
  for (const line of outputBehind('tickets.test.ts').split('\n'))
    assert.ok(output.includes(line), `${line}\n${output}`);
});

test('the test without it passes', async () => {
  assert.match(await run(['--test', '--test-reporter=tap', 'tickets-right.test.js']), /# pass 1\n# fail 0/);
});

test('replay prints the same where nobody has compiled it and its module', async () => {
  const printed = await run([path.join(projectRoot, 'kernel/parlab.cjs'), 'run', 'replay.ts']);
  assert.equal(printed.trimEnd(), outputBehind('replay.ts'));
});

for (const name of ['replay', 'walk']) {
  test(`${name} prints what it says`, async () => {
    assert.equal((await run([`${name}.js`])).trimEnd(), outputBehind(`${name}.ts`));
  });
}
