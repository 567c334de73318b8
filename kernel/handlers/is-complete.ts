// Answers is_complete_request: whether Enter in a console should run the code or begin another line.

import type { Cells } from '../cells/cells';
import type { Handler } from './handlers';

export function isCompleteHandler(cells: Cells): Handler<'is_complete_request'> {
  return (ask) => cells.isComplete(ask.code);
}
