// After how long without a question the processes of a notebook give back what they hold for the next one.

const DEFAULT_S = 120;

/** The longest time of a timer. */
const LONGEST_MS = 2 ** 31 - 1;

interface IdleTime {
  /** Undefined: never. */
  readonly ms: number | undefined;
  /** What the log says that is wrong with the setting. */
  readonly fault?: string;
}

/** `asked`: seconds, as PARLAB_COMPILER_IDLE gives them. 0 is never. */
export function idleTime(asked = process.env.PARLAB_COMPILER_IDLE): IdleTime {
  const written = asked?.trim() ?? '';
  if (written === '') return { ms: DEFAULT_S * 1000 };
  const seconds = Number(written);
  if (!Number.isFinite(seconds) || seconds < 0) {
    const fault = `PARLAB_COMPILER_IDLE is ${JSON.stringify(asked)}, which is no number of seconds such as 30, or 0 for never: ${DEFAULT_S} is taken.`;
    return { ms: DEFAULT_S * 1000, fault };
  }
  return { ms: seconds === 0 ? undefined : Math.min(seconds * 1000, LONGEST_MS) };
}
