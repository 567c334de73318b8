// Answers is_complete_request: whether Enter in a console should run the code or begin another line.

import type { Handler } from './handlers';
import type { NotebookCode } from './notebook-code';

export function isCompleteHandler(code: NotebookCode): Handler<'is_complete_request'> {
  return (ask) => code.isComplete(ask.code);
}
