// The stock of warm children beside a notebook: filled soon after a cell, given back when none has run for
// long. The next start() begins it anew.

import { emptyStock, livingChildren, prewarm } from 'parlab/host';
import { idleTime } from '../conversations/idle-time';
import { runningCells } from './cell/cell';
import { critical } from './cell/critical';
import { clearTimeout, safely, setTimeout } from './safeguards/pristine';

/** A first cell that comes at once is not slowed. */
const WARM_AFTER_MS = 300;

/** It is read before a cell may change the environment. */
const { ms: idleMs } = idleTime();
let warming: NodeJS.Timeout | undefined;
let cooling: NodeJS.Timeout | undefined;

/** Begins anew with each cell. */
export function warmSoon(): void {
  clearTimeout(warming);
  clearTimeout(cooling);
  warming = setTimeout(warm, WARM_AFTER_MS).unref();
}

/** Most notebooks will need the library, and processes. */
function warm(): void {
  // They begin with what the cells have left of JavaScript.
  safely(() => critical(() => require('parlab')), undefined);
  safely(() => critical(prewarm), undefined);
  coolLater();
}

function coolLater(): void {
  if (idleMs !== undefined) cooling = setTimeout(cool, idleMs).unref();
}

/** While a child lives, such as a worker of a pool, the notebook is in use. */
function cool(): void {
  const isNeeded = safely(() => runningCells().length > 0 || livingChildren().length > 0, true);
  if (isNeeded) coolLater();
  else safely(() => critical(emptyStock), undefined);
}
