// Answers complete_request, with the kinds that JupyterLab shows beside the matches.

import type { AsyncCells } from '../../conversations/cells';
import type { Handler } from '../protocol/handlers';
import { codePointsOf, unitsOf } from './code-points';

export function completeHandler(cells: AsyncCells): Handler<'complete_request'> {
  return async (ask) => {
    const cursor = ask.cursor_pos === undefined ? ask.code.length : unitsOf(ask.code, ask.cursor_pos);
    const { start, end, completions } = await cells.complete(ask.code, cursor);
    const range = { start: codePointsOf(ask.code, start), end: codePointsOf(ask.code, end) };
    return {
      status: 'ok',
      matches: completions.map(({ text }) => text),
      cursor_start: range.start,
      cursor_end: range.end,
      metadata: {
        _jupyter_types_experimental: completions.map(({ text, kind, signature }) => ({
          ...range,
          text,
          type: kind,
          ...(signature !== undefined && { signature }),
        })),
      },
    };
  };
}
