// What a check says when it would judge something older than what stands in the notebook.
import { hostDefinitions } from '../host/definitions';
import { Verdict } from './verdict';

/** A verdict, if the newest definition of a name that the cell uses has failed. */
export function notMade(): Verdict | undefined {
  const unmade = hostDefinitions()?.unmade();
  if (unmade === undefined) return undefined;
  return Verdict.notYet(
    `your newest \`${unmade.name}\` was not made: ${unmade.cell} ended with ${unmade.cut ?? 'an error'}. Read the red box below it, ` +
      'repair it and run it; then run this cell again.',
  );
}
