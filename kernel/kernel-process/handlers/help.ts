// A cell that only asks about a name, as in IPython: `lock.acquire?`, or `??` for all that is known. No
// TypeScript reads like this.

import type { AsyncCells } from '../../conversations/cells';
import type { Dictionary } from '../protocol/shape';

export interface Question {
  name: string;
  detail: 0 | 1;
}

const NAME = String.raw`([\p{ID_Start}$_][\p{ID_Continue}$.]*)`;
const QUESTION = new RegExp(String.raw`^\s*(?:${NAME}(\?\??)|(\?\??)${NAME})\s*$`, 'u');

export function questionIn(code: string): Question | undefined {
  const found = QUESTION.exec(code);
  const name = found?.[1] ?? found?.[4];
  if (!found || name === undefined) return undefined;
  return { name, detail: (found[2] ?? found[3]) === '??' ? 1 : 0 };
}

/** What the front end shows in its pager; undefined if nothing is known. */
export async function pageAbout(
  { name, detail }: Question,
  cells: AsyncCells,
): Promise<Dictionary | undefined> {
  const known = await cells.inspect(name, name.length - 1, detail);
  if (!known) return undefined;
  return { source: 'page', data: { 'text/plain': known.text, 'text/markdown': known.markdown }, start: 0 };
}
