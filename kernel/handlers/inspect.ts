// Answers inspect_request: type and documentation of the name at the cursor.

import { unitsOf } from './code-points';
import type { Handler } from './handlers';
import type { NotebookCode } from './notebook-code';

export function inspectHandler(code: NotebookCode): Handler<'inspect_request'> {
  return async (ask) => {
    const cursor = ask.cursor_pos === undefined ? ask.code.length : unitsOf(ask.code, ask.cursor_pos);
    const documentation = await code.inspect(ask.code, cursor, ask.detail_level);
    return { status: 'ok', found: documentation !== undefined, data: documentation ?? {}, metadata: {} };
  };
}
