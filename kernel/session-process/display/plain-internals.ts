// What Node writes into promises and timers, to know whose they are, is no news to a student: it is kept out
// of all that shows values. And who looks at a promise most likely wanted what it becomes.

import timers from 'node:timers';
import { type InspectOptions, inspect } from 'node:util';

const { defineProperty, getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf } = Object;

type Custom = (this: never, depth: number, options: InspectOptions, look: typeof inspect) => unknown;

export function keepInternalsOut(): void {
  showAs(Promise.prototype, promiseText);
  const timeout = timers.setTimeout(() => {}, 0);
  const immediate = timers.setImmediate(() => {});
  showAs(getPrototypeOf(timeout), timeoutText);
  showAs(getPrototypeOf(immediate), () => '<Immediate>');
  timers.clearTimeout(timeout);
  timers.clearImmediate(immediate);
}

function showAs(prototype: object, value: Custom): void {
  defineProperty(prototype, inspect.custom, { value, configurable: true, writable: true });
}

/** The promise whose text is being made: it is asked a second time on the way. */
let looked: object | undefined;

function promiseText(this: object, depth: number, options: InspectOptions, look: typeof inspect): unknown {
  hideInternals(this);
  const isNested = depth !== options.depth;
  if (isNested || looked === this) return this;
  looked = this;
  try {
    return `${look(this, options)} (is an \`await\` missing?)`;
  } finally {
    looked = undefined;
  }
}

/** Leaves there what Node has written, but lists it no longer. */
function hideInternals(object: object): void {
  const symbols = getOwnPropertySymbols(object);
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i] as symbol;
    if (!isInternal(symbol)) continue;
    const property = getOwnPropertyDescriptor(object, symbol);
    if (property?.configurable && property.enumerable) {
      defineProperty(object, symbol, { ...property, enumerable: false });
    }
  }
}

function isInternal({ description: name }: symbol): boolean {
  return name === 'async_id_symbol' || name === 'trigger_async_id_symbol' || name === 'kResourceStore';
}

interface Timer {
  readonly _idleTimeout: number;
  readonly _repeat: number | null;
  readonly _destroyed: boolean;
}

function timeoutText(this: Timer): string {
  if (this._destroyed) return '<Timeout, over>';
  return this._repeat === null
    ? `<Timeout after ${this._idleTimeout} ms>`
    : `<Interval of ${this._repeat} ms>`;
}
