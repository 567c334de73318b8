// Answers is_complete_request: whether Enter in a console should run the code or begin another line.

import type { AsyncCells } from '../../conversations/cells';
import type { Handler } from '../protocol/handlers';
import { questionIn } from './help';

export function isCompleteHandler(cells: AsyncCells): Handler<'is_complete_request'> {
  return async (ask) => (questionIn(ask.code) ? { status: 'complete' } : cells.isComplete(ask.code));
}
