// Children that go on after their cell has ended: a small line under the cell says so, until they end.

import { childrenOf, escapeHtml } from 'parlab/host';
import type { MimeBundle } from '../../conversations/session';
import type { Cell } from '../cell/cell';
import { tell } from '../cell/output';
import { safely, setTimeout } from '../safeguards/pristine';

/** Most children end a moment after the cell that started them. */
const TELL_AFTER_MS = 3000;
const LOOK_EVERY_MS = 500;
const MOST_NAMES = 3;

let displays = 0;

/**
 * Tells at the end of a cell which children it has left; not where no person can interrupt, as in an export.
 */
export function tellLeftChildren(cell: Cell): void {
  if (cell.silent || !cell.allowStdin || namesLeftBy(cell).length === 0) return;
  const displayId = `parlab-children-${process.pid}-${++displays}`;
  let shown = '';
  const look = () => {
    const text = safely(() => sentenceOf(namesLeftBy(cell)), '');
    const isUpdate = shown !== '';
    if (text !== shown) {
      shown = text;
      const message = { type: 'displayed', bundle: bundleOf(text), metadata: {}, displayId } as const;
      safely(() => tell({ ...message, ...(isUpdate && { update: true }) }, cell), undefined);
    }
    if (text !== '') setTimeout(look, LOOK_EVERY_MS).unref();
  };
  setTimeout(look, TELL_AFTER_MS).unref();
}

/** A daemon, such as a worker of a pool, is meant to stay. */
function namesLeftBy({ tag }: Cell): string[] {
  return childrenOf(tag)
    .filter(({ daemon }) => !daemon)
    .map(({ name }) => name);
}

/** Empty if none is left. */
function sentenceOf(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > MOST_NAMES ? ', …' : '';
  const listed = names.slice(0, MOST_NAMES).join(', ') + more;
  return names.length === 1
    ? `1 child still runs: ${listed}. To end it, interrupt the kernel.`
    : `${names.length} children still run: ${listed}. To end them, interrupt the kernel.`;
}

/** A display without any form is nothing to see. */
function bundleOf(text: string): MimeBundle {
  return text === '' ? {} : { 'text/html': `<small>${escapeHtml(text)}</small>`, 'text/plain': text };
}
