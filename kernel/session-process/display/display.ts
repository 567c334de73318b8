// Showing values while a cell runs, from the session and from child processes alike.

import { report } from 'parlab/host';
import type { FromSession, MimeBundle } from '../../conversations/session';
import { bundleFrom, bundleOf } from './mime-bundle';

interface DisplayOptions {
  /** Displays with an id can be changed later. */
  id?: string;
  /** Change all displays of that id instead of adding one. */
  update?: boolean;
  /**
   * The value is a MIME bundle already, such as `{ 'text/html': '<b>…</b>' }`. After IPython's `display(…,
   * raw=True)`.
   */
  raw?: boolean;
}

/** Is told of displays that are still being made, so that the cell ends after them. */
let pending: (made: Promise<void>) => void = () => {};

export function onPendingDisplay(listener: (made: Promise<void>) => void): void {
  pending = listener;
}

/**
 * Shows a value as the last line of a cell would: richly if it has a `Symbol.for('Jupyter.display')` method.
 */
export function display(value: unknown, options: DisplayOptions = {}): void {
  if (options.raw) {
    send(bundleFrom(value, 'display(…, { raw: true }) was given'), options);
    return;
  }
  const bundle = bundleOf(value);
  if (bundle instanceof Promise) pending(bundle.then((made) => send(made, options)));
  else send(bundle, options);
}

export function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  report({ type: 'cleared', wait } satisfies FromSession);
}

export function setNextInput(code: string, { replace = false }: { replace?: boolean } = {}): void {
  report({ type: 'suggested', code: String(code), replace } satisfies FromSession);
}

function send(bundle: MimeBundle, { id, update }: DisplayOptions): void {
  const heard = report({
    type: 'displayed',
    bundle,
    metadata: {},
    ...(id !== undefined && { displayId: id }),
    ...(update && { update }),
  } satisfies FromSession);
  // Outside a notebook, for example in a script that was one.
  if (!heard) console.log('%s', bundle['text/plain']);
}
