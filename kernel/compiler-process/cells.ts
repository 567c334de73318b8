// The cells of a notebook, whose compiler is loaded with the first question, so that creating this costs
// nothing.

import type { Cells, CellsOptions, LazyCells } from '../conversations/cells';

export function createCells({ directory }: CellsOptions): LazyCells {
  let notebook: Cells | undefined;
  const loaded = (): Cells => {
    if (!notebook) {
      const { Notebook } = require('./notebook') as typeof import('./notebook');
      notebook = new Notebook(directory);
    }
    return notebook;
  };
  return {
    prepare: () => void loaded(),
    convert: (code, options) => loaded().convert(code, options),
    takeBack: () => notebook?.takeBack(),
    complete: (code, cursor) => loaded().complete(code, cursor),
    inspect: (code, cursor, detail) => loaded().inspect(code, cursor, detail),
    isComplete: (code) => loaded().isComplete(code),
    // Most cells need no compiler to know that they have none.
    commandLines: (code) => (code.includes('!') ? loaded().commandLines(code) : { commands: [], rest: code }),
    expression: (code, hidden) => loaded().expression(code, hidden),
    declare: (name) => loaded().declare(name),
    typeOf: (name) => notebook?.typeOf(name),
    finish: () => notebook?.finish(),
    forget: () => notebook?.forget(),
    remember: () => loaded().remember(),
    recall: (memory) => loaded().recall(memory),
    close: () => notebook?.close(),
  };
}
