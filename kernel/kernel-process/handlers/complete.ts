// Answers complete_request, with the kinds that JupyterLab shows beside the matches.

import type { AsyncCells, Completions } from '../../conversations/cells';
import type { Handler } from '../protocol/handlers';
import { codePointsOf, unitsOf } from './code-points';
import { valueBefore } from './value-before';

type KeysOf = (path: readonly string[]) => Promise<readonly string[]>;

/** `keysOf`: what a value of the session has, where its type says nothing. */
export function completeHandler(cells: AsyncCells, keysOf: KeysOf): Handler<'complete_request'> {
  return async (ask) => {
    const cursor = ask.cursor_pos === undefined ? ask.code.length : unitsOf(ask.code, ask.cursor_pos);
    const typed = await cells.complete(ask.code, cursor);
    const { start, end, completions } =
      typed.completions.length > 0 ? typed : ((await completionsByValue(ask.code, cursor, keysOf)) ?? typed);
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

async function completionsByValue(
  code: string,
  cursor: number,
  keysOf: KeysOf,
): Promise<Completions | undefined> {
  const value = valueBefore(code, cursor);
  if (!value) return undefined;
  const keys = value.fitting(await keysOf(value.path));
  return { start: value.start, end: cursor, completions: keys.map((text) => ({ text, kind: 'property' })) };
}
