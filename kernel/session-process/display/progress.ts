// Progress in a notebook: one display that changes in place.

import type { ShownProgress } from 'parlab/host';
import { counted, escapeHtml, progressLine } from 'parlab/host';
import { critical } from '../cell/critical';
import { display } from './display';

const shownBefore = new Set<string>();

export function displayProgress(shown: ShownProgress): void {
  const { id, state } = shown;
  const update = shownBefore.has(id);
  if (state === 'running') shownBefore.add(id);
  else shownBefore.delete(id);
  const bundle = { 'text/html': progressHtml(shown), 'text/plain': progressLine(shown) };
  critical(() => display(bundle, { id, update, raw: true }));
}

export function progressHtml(shown: ShownProgress): string {
  const { label, done, total, elapsedMs, state } = shown;
  // Without a value the browser draws one that moves, which says that it goes on for a time that is not
  // known.
  const end = total ?? (state === 'running' ? undefined : done);
  const values = end === undefined ? '' : ` value="${end === 0 ? 1 : done}" max="${Math.max(1, end)}"`;
  const text = [counted(shown), `${(elapsedMs / 1000).toFixed(1)} s`, state === 'failed' ? 'stopped' : '']
    .filter((part) => part !== '')
    .join(', ');
  return `<label>${escapeHtml(label)} <progress${values}></progress> ${escapeHtml(text)}</label>`;
}
