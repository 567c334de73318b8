// Cells as the kernel runs them: one exports object for the notebook, each cell a function in a script of its own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

// biome-ignore lint/suspicious/noExplicitAny: cells of a test hold anything
export type Notebook = Record<string, any>;

/** The code is written as the linker gives it: each variable of the notebook is read and written as `exports.name`. */
export function notebook(): { exports: Notebook; cell(code: string): unknown } {
  const exports: Notebook = {};
  const require = createRequire(join(process.cwd(), 'notebook.js'));
  let count = 0;
  const cell = (code: string) => {
    count++;
    const script = new Script(`(function (exports, require) {${code}\n})`, { filename: `Cell ${count}` });
    return script.runInThisContext()(exports, require);
  };
  return { exports, cell };
}
