// Answers inspect_request: type and documentation of the name at the cursor.

import type { AsyncCells } from '../../conversations/cells';
import type { Handler } from '../protocol/handlers';
import { unitsOf } from './code-points';

export function inspectHandler(cells: AsyncCells): Handler<'inspect_request'> {
  return async (ask) => {
    const cursor = ask.cursor_pos === undefined ? ask.code.length : unitsOf(ask.code, ask.cursor_pos);
    const known = await cells.inspect(ask.code, cursor, ask.detail_level);
    const data = known ? { 'text/plain': known.text, 'text/markdown': known.markdown } : {};
    return { status: 'ok', found: known !== undefined, data, metadata: {} };
  };
}
