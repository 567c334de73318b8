// Answers inspect_request: type and documentation of the name at the cursor.

import type { Cells } from '../cells/cells';
import { unitsOf } from './code-points';
import type { Handler } from './handlers';

export function inspectHandler(cells: Cells): Handler<'inspect_request'> {
  return (ask) => {
    const cursor = ask.cursor_pos === undefined ? ask.code.length : unitsOf(ask.code, ask.cursor_pos);
    const known = cells.inspect(ask.code, cursor, ask.detail_level);
    const data = known ? { 'text/plain': known.text, 'text/markdown': known.markdown } : {};
    return { status: 'ok', found: known !== undefined, data, metadata: {} };
  };
}
