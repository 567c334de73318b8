// After how long without a question the processes of a notebook give back what they hold for the next one.

const DEFAULT_S = 120;

/** Of a timer. */
const LONGEST_MS = 2 ** 31 - 1;

export interface IdleTime {
  /** Undefined: never. */
  readonly ms: number | undefined;
  /** For the log: what is wrong with the setting. */
  readonly fault?: string;
}

/** `asked`: seconds, as PARLAB_COMPILER_IDLE gives them. 0 is never. */
export function idleTime(asked = process.env.PARLAB_COMPILER_IDLE): IdleTime {
  const written = asked?.trim() ?? '';
  if (written === '') return { ms: DEFAULT_S * 1000 };
  if (!/^(\d+\.?\d*|\.\d+)$/.test(written)) {
    const fault = `PARLAB_COMPILER_IDLE is ${JSON.stringify(asked)}, which is no number of seconds such as 30, or 0 for never: ${DEFAULT_S} is taken.`;
    return { ms: DEFAULT_S * 1000, fault };
  }
  const ms = Number(written) * 1000;
  return { ms: ms === 0 ? undefined : Math.min(ms, LONGEST_MS) };
}
