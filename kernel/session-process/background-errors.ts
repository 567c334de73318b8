// Errors of work that goes on behind a cell: it is not awaited, so they are told under the cell that caused
// it. The session survives.

import { placeOfFrame } from 'parlab/host';
import { type Cell, cellWithUrl, contextCell, currentCell, runningCells } from './cell/cell';
import { tell } from './cell/output';
import { replacedBehind, showError } from './display/show-error';
import { finishFailed, interruptionIn } from './evaluate';
import { keepListening } from './safeguards/own-listeners';
import { safely } from './safeguards/pristine';
import { onFailedHandler } from './talk/comms';

export function reportBackgroundErrors(): void {
  // A handler that throws itself would end the session.
  const failSafely = (error: unknown): void => safely(() => fail(error), undefined);
  keepListening('uncaughtException', failSafely);
  keepListening('unhandledRejection', failSafely);
  onFailedHandler(fail);
}

function fail(error: unknown): void {
  const cell = contextCell() ?? safely(() => cellOnStack(error), undefined) ?? currentCell();
  if (interruptionIn(error)) return;
  const running = runningCells();
  // What the library did not get done would be waited for without end.
  if (running.length > 0 && safely(() => replacedBehind(error), undefined) !== undefined) {
    for (let i = 0; i < running.length; i++) finishFailed(running[i] as Cell, error);
  } else tell({ type: 'failed', ...showError(error) }, cell);
}

function cellOnStack(error: unknown): Cell | undefined {
  const stack = error instanceof Error ? String(error.stack) : '';
  const files = stack.split('\n').map((line) => placeOfFrame(line)?.file);
  const url = files.find((file) => file?.startsWith('Cell '));
  return url === undefined ? undefined : cellWithUrl(url);
}
