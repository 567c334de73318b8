// One listener for each AbortSignal, however many waits it ends: a cell may await a thousand things.

type GiveUp = (signal: AbortSignal) => void;
const watchers = new WeakMap<AbortSignal, Set<GiveUp>>();

/**
 * Calls `giveUp` when the signal is aborted, which it is not yet. Whoever needs that no more calls
 * forgetAbort().
 */
export function onAbort(signal: AbortSignal, giveUp: GiveUp): void {
  let watching = watchers.get(signal);
  if (watching === undefined) {
    const all = new Set<GiveUp>();
    watching = all;
    watchers.set(signal, all);
    signal.addEventListener('abort', () => {
      for (const each of [...all]) each(signal);
    });
  }
  watching.add(giveUp);
}

export function forgetAbort(signal: AbortSignal, giveUp: GiveUp): void {
  watchers.get(signal)?.delete(giveUp);
}
