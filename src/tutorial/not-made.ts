// What a check says when it would judge something older than what stands in the notebook.
import { hostDefinitions } from '../host/definitions';
import { Verdict } from './verdict';

/** A verdict, if a name that the cell uses stands nowhere any more, or its newest definition has failed. */
export function notMade(): Verdict | undefined {
  const gone = hostDefinitions()?.gone();
  if (gone !== undefined) {
    return Verdict.notYet(
      `\`${gone.name}\` is from an earlier text of its cell (${gone.cell}), which does not make it any more. Write it again where it belongs, and run that cell; ` +
        'then run this cell again.',
    );
  }
  const unmade = hostDefinitions()?.unmade();
  if (unmade === undefined) return undefined;
  return Verdict.notYet(
    `your newest \`${unmade.name}\` was not made: ${unmade.cell} ended with ${unmade.cut ?? 'an error'}. Read the red box below it, ` +
      'repair it and run it; then run this cell again.',
  );
}
