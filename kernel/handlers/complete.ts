// Answers complete_request, with the types and signatures that JupyterLab shows beside the matches.

import { codePointsOf, unitsOf } from './code-points';
import type { Handler } from './handlers';
import type { NotebookCode } from './notebook-code';

export function completeHandler(code: NotebookCode): Handler<'complete_request'> {
  return async (ask) => {
    const cursor = ask.cursor_pos === undefined ? ask.code.length : unitsOf(ask.code, ask.cursor_pos);
    const { start, end, matches } = await code.complete(ask.code, cursor);
    const range = { start: codePointsOf(ask.code, start), end: codePointsOf(ask.code, end) };
    return {
      status: 'ok',
      matches: matches.map(({ text }) => text),
      cursor_start: range.start,
      cursor_end: range.end,
      metadata: { _jupyter_types_experimental: matches.map((match) => ({ ...range, ...match })) },
    };
  };
}
