// The board of a game as text.

import { lanesText } from '../orders/lanes';
import { aheadWords, type Board, valueWords } from './board';

export function boardText({ lanes, done, objects, printed, sentence }: Board): string {
  const names = lanes.map(({ process }) => process.name);
  const who = columns(lanes.map(({ process }) => [process.letter, process.name, aheadWords(process)]));
  const things = columns(objects.map((object) => [object.name, valueWords(object)]));
  const parts = [
    done.length === 0 ? 'Nothing has happened yet.' : lanesText({ names, rows: done }),
    `Processes\n${who}`,
    ...(objects.length === 0 ? [] : [`Shared\n${things}`]),
    ...(printed === '' ? [] : [`Printed\n${indented(printed)}`]),
    sentence,
  ];
  return parts.join('\n\n');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
