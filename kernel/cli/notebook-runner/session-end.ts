// The end of a session, by the outputs of its cells: what runs afterwards has lost its variables.
import { type Cell, sourceOf } from './notebook-file';

/** The name is that of kernel/kernel-process/supervisor/ending.ts. */
const NAME = 'SessionEnded';
const CONSEQUENCE = / (?:All variables are lost|A new session is started)\..*$/s;
const MOST_CHARACTERS = 40;

/** Which cell it was, and why, in a sentence; undefined while the session of the first cell is there. */
export function sessionEndIn(cells: readonly Cell[]): string | undefined {
  for (const [index, cell] of cells.entries()) {
    const error = cell.outputs?.find(({ output_type, ename }) => output_type === 'error' && ename === NAME);
    if (error === undefined) continue;
    return `${calledBy(index + 1, cell)}: ${String(error.evalue).replace(CONSEQUENCE, '')}`;
  }
  return undefined;
}

/** Its number in this run, and how it begins: numbers on paper may be others. */
export function calledBy(number: number, cell: Cell): string {
  const lines = sourceOf(cell)
    .split('\n')
    .map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('//')) ?? '';
  const shown = first.length > MOST_CHARACTERS ? `${first.slice(0, MOST_CHARACTERS - 1)}…` : first;
  return `Cell ${number} (\`${shown}\`)`;
}
