// What a cell waits for when it has done nothing but wait for some seconds: a line under the cell, which is
// taken back when it goes on. It is no accusation: the next cell may bring anything.

import {
  escapeHtml,
  hangPicture,
  type LastingWait,
  standstillOfWaits,
  svgImage,
  waitChain,
  watchWaits,
  whatElseKeepsLoop,
} from 'parlab/host';
import type { MimeBundle } from '../../conversations/session';
import { type Cell, contextCell } from '../cell/cell';
import { tell } from '../cell/output';
import { now, OwnMap, OwnSet, safely, setTimeout } from '../safeguards/pristine';

const TELL_AFTER_MS = 3000;
const LOOK_EVERY_MS = 500;

interface Waits {
  readonly of: OwnSet<LastingWait>;
  /** When the last wait began or ended. */
  changed: number;
  readonly displayId: string;
  isDisplayed: boolean;
  /** What the last look saw: what is seen only once may have been read while it changed. */
  seen: string | undefined;
  /** What stands under the cell now; empty if nothing does. */
  shown: string;
}

const cells = new OwnMap<Cell, Waits>();
const cellOf = new OwnMap<LastingWait, Cell>();
let displays = 0;
let isLooking = false;

export function tellLongWaits(): void {
  watchWaits({ began, ended });
}

/** Is called before the cell ends: what it has left to wait in the background is no news. */
export function forgetWaits(cell: Cell): void {
  const waits = cells.get(cell);
  if (waits === undefined) return;
  takeBack(cell, waits);
  cells.delete(cell);
  waits.of.forEach((wait) => {
    cellOf.delete(wait);
  });
}

function began(wait: LastingWait): void {
  const cell = contextCell();
  if (cell === undefined || cell.ended || cell.silent) return;
  let waits = cells.get(cell);
  if (waits === undefined) {
    const displayId = `parlab-waits-${process.pid}-${++displays}`;
    waits = { of: new OwnSet(), changed: 0, displayId, isDisplayed: false, seen: undefined, shown: '' };
    cells.set(cell, waits);
  }
  cellOf.set(wait, cell);
  waits.of.add(wait);
  goesOn(cell, waits);
  if (!isLooking) lookSoon();
}

function ended(wait: LastingWait): void {
  const cell = cellOf.get(wait);
  const waits = cell && cells.get(cell);
  if (cell === undefined || waits === undefined) return;
  cellOf.delete(wait);
  waits.of.delete(wait);
  goesOn(cell, waits);
}

function goesOn(cell: Cell, waits: Waits): void {
  waits.changed = now();
  waits.seen = undefined;
  if (waits.shown !== '') takeBack(cell, waits);
}

function lookSoon(): void {
  isLooking = true;
  setTimeout(look, LOOK_EVERY_MS).unref();
}

function look(): void {
  isLooking = false;
  let isWaiting = false;
  cells.forEach((waits, cell) => {
    if (waits.of.size === 0) return;
    isWaiting = true;
    if (now() - waits.changed < TELL_AFTER_MS - LOOK_EVERY_MS) return;
    const notice = safely(() => noticeOf(waits), undefined);
    if (notice === undefined) takeBack(cell, waits);
    else if (notice.text === waits.seen) show(cell, waits, notice);
    waits.seen = notice?.text;
  });
  if (isWaiting) lookSoon();
}

/** Returns undefined while anything goes on that may end the wait. */
function noticeOf(waits: Waits): { text: string; bundle: MimeBundle } | undefined {
  if (hasOtherWork()) return undefined;
  const all: LastingWait[] = [];
  waits.of.forEach((wait) => {
    all[all.length] = wait;
  });
  const standstill = standstillOfWaits('the cell', all);
  if (standstill === undefined) return undefined;
  const text = `Waiting for ${TELL_AFTER_MS / 1000} s: ${waitChain(standstill)} To end the wait, interrupt the kernel.`;
  const picture = svgImage(hangPicture(standstill), 'Who waits for whom');
  const html =
    `<div>${escapeHtml(text)}</div><details><summary>Who waits for whom</summary>` + `${picture}</details>`;
  return { text, bundle: { 'text/html': html, 'text/plain': text } };
}

/** A timer, a request, a program: all but the pipe on which the kernel speaks. */
export function hasOtherWork(): boolean {
  const others = whatElseKeepsLoop();
  return others.length > 1 || (others.length === 1 && others[0] !== 'PipeWrap');
}

function show(cell: Cell, waits: Waits, { text, bundle }: { text: string; bundle: MimeBundle }): void {
  if (text === waits.shown) return;
  waits.shown = text;
  send(cell, waits, bundle);
}

/** A display without any form is nothing to see. */
function takeBack(cell: Cell, waits: Waits): void {
  if (waits.shown === '') return;
  waits.shown = '';
  send(cell, waits, {});
}

function send(cell: Cell, waits: Waits, bundle: MimeBundle): void {
  const { displayId, isDisplayed } = waits;
  waits.isDisplayed = true;
  tell({ type: 'displayed', bundle, metadata: {}, displayId, ...(isDisplayed && { update: true }) }, cell);
}
