// Each example of the reference is a program that compiles, runs, and prints what it says. How they are written: CONTRIBUTING.md.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import {
  compilerOptions,
  type Example,
  exampleOnPage,
  expectedOutput,
  programOf,
  projectRoot,
  readPackage,
  SEPARATOR,
} from '../support/docs/examples';
import { nothingLeft } from '../support/processes/nothing-left';

const PATIENCE_MS = 300_000;
/** Inside the package, so that the programs find it by its name. */
const folder = path.join(projectRoot, 'dist/examples');

const { names, examples } = readPackage();

test('each class and function of the package has an example', () => {
  const shown = new Set(examples.map(({ of }) => of));
  // Its two names are one class.
  const wanted = names.values.filter((name) => name !== 'Array');
  assert.ok(wanted.length >= 40, `${wanted.length} names`);
  assert.deepEqual(
    wanted.filter((name) => !shown.has(name)),
    [],
  );
});

test('each error is thrown in an example', () => {
  const code = examples.map((example) => example.code).join('\n');
  assert.ok(names.errors.length > 40, `${names.errors.length} errors`);
  assert.deepEqual(
    names.errors.filter((name) => !new RegExp(`\\b${name}\\b`).test(code)),
    [],
  );
});

test('each example says what it prints or throws', () => {
  const silent = examples.filter((example) => expectedOutput(example).source === '^$');
  assert.deepEqual(
    silent.map(({ of }) => of),
    [],
  );
});

describe('the examples', { concurrency: 2 }, () => {
  const programs = new Map<string, Example[]>();
  for (const example of [...examples, exampleOnPage('docs/exercises.md')]) {
    const file = path.join(folder, `${example.file.replaceAll('/', '-')}.ts`);
    programs.set(file, [...(programs.get(file) ?? []), example]);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, each] of programs) writeFileSync(file, programOf(each, names.all));
  const faults = compile([...programs.keys()]);

  test('compile', () => assert.equal(faults, ''));

  for (const [file, each] of programs) {
    test(`of ${path.basename(file)} print what they say: ${each.map(({ of }) => of).join(', ')}`, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [file.replace(/\.ts$/, '.js')], {
        timeout: PATIENCE_MS,
        cwd: projectRoot,
      });
      const outputs = stdout.split(SEPARATOR).slice(1);
      for (const [at, example] of each.entries()) {
        assert.match(outputs[at]?.trimEnd() ?? '', expectedOutput(example), `${example.of}\n${example.code}`);
      }
    });
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));
after(nothingLeft);

function compile(files: string[]): string {
  const program = ts.createProgram(files, { ...compilerOptions, rootDir: folder, outDir: folder });
  const { diagnostics } = program.emit();
  return ts.formatDiagnostics([...ts.getPreEmitDiagnostics(program), ...diagnostics], {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => projectRoot,
    getNewLine: () => '\n',
  });
}
