// The files beside this one are compiled by the build. Here: that each mistake in them is refused for the reason that is given.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

/** Compiled tests lie in dist/test/types. */
const root = path.resolve(__dirname, '../../..');
const folder = path.join(root, 'test/types');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => path.join(folder, name));

/** By "file:line": the codes of the errors that the compiler finds when nothing is expected. */
function errorsFound(): Map<string, string> {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  host.readFile = (name) => read(name)?.replaceAll('@ts-expect-error', '@expected');
  const program = ts.createProgram(files, { ...options, noEmit: true }, host);
  const found = new Map<string, string>();
  for (const { file, start = 0, code } of files.flatMap((name) =>
    program.getSemanticDiagnostics(program.getSourceFile(name)),
  )) {
    if (file === undefined) continue;
    const { line } = file.getLineAndCharacterOfPosition(start);
    found.set(`${path.basename(file.fileName)}:${line + 1}`, `TS${code}`);
  }
  return found;
}

test('every mistake is refused for its own reason, and nothing else is', () => {
  const expected = new Map<string, string>();
  for (const file of files) {
    for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
      const [, code] = /@ts-expect-error (TS\d+): \w/.exec(line) ?? [];
      if (code !== undefined) expected.set(`${path.basename(file)}:${index + 2}`, code);
      else assert.doesNotMatch(line, /@ts-expect-error/, `${file}:${index + 1} gives no reason`);
    }
  }
  assert.ok(expected.size > 40);
  assert.deepEqual(errorsFound(), expected);
});

test('the declarations of the library are understood by a program for ES2020', () => {
  const library = path.join(root, 'src/dist');
  const program = ts.createProgram(
    ['index.d.ts', 'host.d.ts', 'tutorial/index.d.ts'].map((name) => path.join(library, name)),
    {
      target: ts.ScriptTarget.ES2020,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      noEmit: true,
      types: ['node'],
    },
  );
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(library));
  assert.ok(ours.length > 50);
  const found = ours.flatMap((file) => program.getSemanticDiagnostics(file));
  assert.deepEqual(
    found.map(({ messageText }) => messageText),
    [],
  );
});
