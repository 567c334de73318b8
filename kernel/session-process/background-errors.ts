// Errors of work that goes on behind a cell: nobody awaits it, so they are told under the cell that caused
// it. The session survives.

import { placeOfFrame } from 'parlab/host';
import { type Cell, cellWithUrl, contextCell, currentCell } from './cell/cell';
import { tell } from './cell/output';
import { showError } from './display/show-error';
import { interruptionIn } from './evaluate';
import { keepListening } from './safeguards/own-listeners';
import { safely } from './safeguards/pristine';
import { onFailedHandler } from './talk/comms';

export function reportBackgroundErrors(): void {
  // One that throws itself would end the session.
  const failSafely = (error: unknown): void => safely(() => fail(error), undefined);
  keepListening('uncaughtException', failSafely);
  keepListening('unhandledRejection', failSafely);
  onFailedHandler(fail);
}

function fail(error: unknown): void {
  const cell = contextCell() ?? safely(() => cellOnStack(error), undefined) ?? currentCell();
  if (interruptionIn(error)) return;
  tell({ type: 'failed', ...showError(error) }, cell);
}

function cellOnStack(error: unknown): Cell | undefined {
  const stack = error instanceof Error ? String(error.stack) : '';
  const files = stack.split('\n').map((line) => placeOfFrame(line)?.file);
  const url = files.find((file) => file?.startsWith('Cell '));
  return url === undefined ? undefined : cellWithUrl(url);
}
