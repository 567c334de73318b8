// What the session itself listens to on `process`: a cell that removes all listeners does not mean these.

import { apply, keepMethods, nextTick, ownProcess, safely } from './pristine';

type Listener = (...args: never[]) => void;

const kept: { event: string; listener: Listener }[] = [];
const { on, listenerCount } = keepMethods(ownProcess);

// They come back within the cell that removes them: what fails behind it would end the session.
keepListening('removeListener', () => nextTick(listenAgain));

export function keepListening(event: string, listener: Listener): void {
  kept[kept.length] = { event, listener };
  listenAgain();
}

/** Adds those that are missing. */
export function listenAgain(): void {
  for (let i = 0; i < kept.length; i++) {
    const { event, listener } = kept[i] as (typeof kept)[number];
    const isMissing = safely(() => apply(listenerCount, ownProcess, [event, listener]) === 0, false);
    if (isMissing) safely(() => apply(on, ownProcess, [event, listener]), undefined);
  }
}
