// The board of a game as text: what happened, who can do what, and what the processes share.

import { type Lanes, lanesText } from '../orders/lanes';
import { type GameState, sentenceOf } from './state';

export function boardText(state: GameState, lanes: Lanes): string {
  const { processes, objects, printed } = state.position;
  const nameWidth = Math.max(0, ...processes.map(({ name }) => name.length));
  const who = processes.map(
    (each) => `  ${each.letter.padEnd(3)} ${each.name.padEnd(nameWidth)}  ${processWords(each)}`,
  );
  const thingWidth = Math.max(0, ...objects.map(({ name }) => name.length));
  const things = objects.map((each) => `  ${each.name.padEnd(thingWidth)}  ${objectWords(each)}`);
  const parts = [
    lanes.rows.length === 0 ? 'Nothing has happened yet.' : lanesText(lanes),
    `Processes\n${who.join('\n')}`,
    ...(things.length === 0 ? [] : [`Shared\n${things.join('\n')}`]),
    ...(printed.length === 0 ? [] : [`Printed\n${indented(printed.join(''))}`]),
    sentenceOf(state),
  ];
  return parts.join('\n\n');
}

type ShownProcess = GameState['position']['processes'][number];
type ShownObject = GameState['position']['objects'][number];

/** 'can read counter (Cell 3, line 2)', 'waits for Lock-1, held by Ada', 'has ended'. */
export function processWords({ state, what, where, waitsFor, heldBy }: ShownProcess): string {
  const place = where === undefined ? '' : ` (${where})`;
  switch (state) {
    case 'ended':
      return 'has ended';
    case 'waiting':
      return `waits for ${waitsFor ?? 'something'}${heldBy === undefined ? '' : `, held by ${heldBy}`}${place}`;
    case 'ready':
      return `next: ${what ?? 'goes on'}${place}`;
    case 'not started':
      return 'is not started';
    default:
      return state satisfies never;
  }
}

export function objectWords({ value, holder }: ShownObject): string {
  return holder === undefined ? value : `${value}, held by ${holder}`;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
