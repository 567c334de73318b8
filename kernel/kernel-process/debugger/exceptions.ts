// Whether an exception at which V8 has stopped is one that the student catches. V8 itself counts ParLab's own
// catch around every cell, so that to it none is ever uncaught.

import type { Debugger } from 'node:inspector';
import type { ScriptPlace } from './script-lines';
import type { Scripts } from './scripts';

/** The kinds that a front end may choose to stop at. */
export const exceptionFilters = [
  {
    filter: 'uncaught',
    label: 'Uncaught Exceptions',
    description: 'Stop where an error is thrown that no code of yours catches.',
  },
  {
    filter: 'caught',
    label: 'Caught Exceptions',
    description: 'Stop where an error is thrown that your code catches.',
  },
] as const;

export type ExceptionKind = (typeof exceptionFilters)[number]['filter'];

export async function exceptionKind(
  paused: Debugger.PausedEventDataType,
  scripts: Scripts,
): Promise<ExceptionKind> {
  const places = [...paused.callFrames.map(({ location }) => placeOf(location)), ...asyncPlaces(paused)];
  const last = places.findLastIndex((place) => scripts.isStudents(place));
  const outermost = places[last];
  if (!outermost) return 'caught';
  // What called the student's code may catch what it likes.
  for (const place of places.slice(0, last + 1)) {
    if (!scripts.isOurs(place) && (await scripts.syntaxOf(place))?.catchesAt(place)) return 'caught';
  }
  const { uncaught } = (paused.data ?? {}) as { uncaught?: boolean };
  // Every await of a cell goes through ours; only what called the outermost of the student's frames tells
  // something.
  if (uncaught || places.slice(last + 1).some((place) => scripts.isOurs(place))) return 'uncaught';
  // If it is not, something that hangs on a promise catches it.
  return (await scripts.syntaxOf(outermost))?.isOutermostAt(outermost) ? 'uncaught' : 'caught';
}

type Place = ScriptPlace & { scriptId: string };

function placeOf({ scriptId, lineNumber, columnNumber = 0 }: Debugger.Location): Place {
  return { scriptId, lineNumber, columnNumber };
}

function asyncPlaces(paused: Debugger.PausedEventDataType): Place[] {
  const places: Place[] = [];
  for (let trace = paused.asyncStackTrace; trace; trace = trace.parent)
    places.push(...trace.callFrames.map(placeOf));
  return places;
}
