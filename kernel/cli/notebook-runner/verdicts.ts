// What the cells tagged `check` say: one mark for each, read from its outputs.
import { stripVTControlCharacters } from 'node:util';
import { type Cell, hasTag, type Output } from './notebook-file';

/**
 * `surprise`: a prediction that did not hold, which is no fault. `unclear`: the cell shows no verdict.
 * `not needed`: another one of the same choice holds.
 */
export type Verdict =
  | 'yes'
  | 'surprise'
  | 'not yet'
  | 'unclear'
  | 'error'
  | 'time-out'
  | 'not run'
  | 'not needed';

export interface Mark {
  verdict: Verdict;
  sentence: string;
}

// The headings are those of `String(verdict)` of parlab/tutorial.
const HEADINGS: readonly (readonly [RegExp, Verdict])[] = [
  [/^➜ Not yet: /, 'not yet'],
  [/^! A surprise: /, 'surprise'],
  [/^✔ Yes: /, 'yes'],
];

export function isCheck(cell: Cell): boolean {
  return cell.cell_type === 'code' && hasTag(cell, 'check');
}

export function holds({ verdict }: Mark): boolean {
  return verdict === 'yes' || verdict === 'surprise';
}

/**
 * Returns the mark of a check that has run. Where it shows several verdicts, the one that holds least counts.
 */
export function markOf({ outputs = [] }: Cell): Mark {
  const marks = outputs.flatMap((output) => errorIn(output) ?? verdictIn(output) ?? []);
  return (
    marks.find((mark) => !holds(mark)) ??
    marks[0] ?? { verdict: 'unclear', sentence: 'the check showed no verdict.' }
  );
}

function errorIn({ output_type, ename, evalue }: Output): Mark | undefined {
  if (output_type !== 'error') return undefined;
  const said = stripVTControlCharacters(String(evalue));
  if (ename === 'NotYetError') return { verdict: 'not yet', sentence: said };
  return { verdict: 'error', sentence: `${String(ename)}: ${said}` };
}

/** What is only printed counts for nothing: the student's own code may print anything. */
function verdictIn({ output_type, data }: Output): Mark | undefined {
  if (output_type !== 'execute_result' && output_type !== 'display_data') return undefined;
  const shown = (data as Record<string, unknown> | undefined)?.['text/plain'];
  const text = Array.isArray(shown) ? shown.join('') : String(shown ?? '');
  for (const [heading, verdict] of HEADINGS) {
    if (heading.test(text)) return { verdict, sentence: text.replace(heading, '') };
  }
  return undefined;
}
