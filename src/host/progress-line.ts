// The line of text that says how far some work is. Pure.

/** How far some work is, for a display. */
export interface ShownProgress {
  /** The id, which is the same as long as it is the same bar. */
  readonly id: string;
  /** May be empty. */
  readonly label: string;
  /** How many items are done. */
  readonly done: number;
  /** How many there are; undefined when that is not known. */
  readonly total: number | undefined;
  /** Milliseconds since it began. */
  readonly elapsedMs: number;
  /** Where it stands. */
  readonly state: 'running' | 'finished' | 'failed';
}

const BAR_WIDTH = 24;

/** The bar as a line of text. */
export function progressLine(shown: ShownProgress): string {
  const { label, done, total, elapsedMs, state } = shown;
  const parts = [label];
  if (total !== undefined) parts.push(bar(total === 0 ? 1 : done / total));
  parts.push(counted(shown), `${(elapsedMs / 1000).toFixed(1)} s`);
  if (state === 'failed') parts.push('stopped');
  return parts.filter((part) => part !== '').join('  ');
}

/** '12 of 100 (12 %)', or '12' of what has no known end. */
export function counted({ done, total }: Pick<ShownProgress, 'done' | 'total'>): string {
  if (total === undefined) return done.toLocaleString('en');
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  return `${done.toLocaleString('en')} of ${total.toLocaleString('en')} (${percent} %)`;
}

function bar(part: number): string {
  const full = Math.floor(Math.min(1, part) * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
