// A notebook for tests: converts cells and runs them at once, as plainly as possible.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { createCells } from '../../../kernel/compiler-process/cells';
import type { CellProgram } from '../../../kernel/conversations/cell-program';
import type { CellDiagnostic, Cells } from '../../../kernel/conversations/cells';
import type { Unmade } from '../../../kernel/conversations/session';
import { importFrom } from '../../../kernel/local-modules/import';
import { register } from '../../../kernel/local-modules/load';
import { liveImport } from '../../../kernel/session-process/environment/live-import';
import { sleepyCells } from './sleepy-cells';

type CellFunction = (...parameters: unknown[]) => unknown;

register();

export class TestNotebook {
  readonly directory: string;
  readonly cells: Cells;
  readonly exports: { [name: string]: unknown } = {};
  /** How many values were awaited through the session. */
  awaited = 0;
  readonly #root: string;
  #number = 0;
  readonly #module = { exports: {} };

  /** `files`: what lies beside the notebook, by path. `folder`: where the notebook lies among them. */
  constructor(files: { [path: string]: string } = {}, folder = '.') {
    this.#root = realpathSync(mkdtempSync(join(tmpdir(), 'parlab-cells-')));
    this.directory = join(this.#root, folder);
    mkdirSync(this.directory, { recursive: true });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.cells = process.env.PARLAB_SLEEPY_CELLS
      ? sleepyCells(this.directory)
      : createCells({ directory: this.directory });
  }

  write(path: string, text: string): void {
    const file = join(this.#root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  convert(code: string): CellProgram {
    const converted = this.cells.convert(code, { cell: ++this.#number });
    if (!converted.ok)
      assert.fail(converted.diagnostics.map(({ message, excerpt }) => `${message}\n${excerpt}`).join('\n'));
    return converted.program;
  }

  refuse(code: string, unmade: readonly Unmade[] = []): readonly CellDiagnostic[] {
    const converted = this.cells.convert(code, { cell: ++this.#number, unmade });
    assert.equal(converted.ok, false, `converted: ${code}`);
    return converted.ok ? [] : converted.diagnostics;
  }

  /** Runs a cell and gives the value of its last expression. */
  async run(code: string): Promise<unknown> {
    return this.evaluate(this.convert(code));
  }

  async evaluate(program: CellProgram): Promise<unknown> {
    const parameters =
      'exports, require, __import, __interruptible, __interruptibleIterable, __importMeta, __module, __liveImport';
    const head = program.isAsync ? 'async function' : 'function';
    const script = new Script(`(${head} (${parameters}) {\n${program.javascript}\n})`, {
      filename: program.url,
      lineOffset: -1,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const count = (value: unknown): unknown => {
      this.awaited++;
      return value;
    };
    const importMeta = { url: pathToFileURL(join(this.directory, 'notebook.ipynb')).href };
    const require = createRequire(join(this.directory, 'notebook.js'));
    // As in the session: an `import()` of a package starts from there.
    process.chdir(this.directory);
    await (script.runInThisContext() as CellFunction)(
      this.exports,
      require,
      importFrom,
      count,
      count,
      importMeta,
      this.#module,
      liveImport,
    );
    const name = program.resultName;
    if (name === undefined) return undefined;
    const value = this.exports[name];
    delete this.exports[name];
    return value;
  }

  /** A new session. */
  forget(): void {
    this.cells.forget();
    for (const name of Object.keys(this.exports)) delete this.exports[name];
  }

  close(): void {
    process.chdir(tmpdir());
    this.cells.close();
    rmSync(this.#root, { recursive: true, force: true });
  }
}
