// A pool, as a value: the work that is left, which worker has which, and the answers that nobody has collected yet.
import type { Plain } from '../operations';
import type { Done, Rules } from './rule';

/** `target` and `items` are texts. */
type Work = readonly [call: number, first: number, target: string, items: string];
interface Crew {
  readonly left: readonly Work[];
  readonly taken: Readonly<Record<string, Work>>;
  readonly answers: readonly string[];
  readonly workers: readonly string[];
  readonly isClosed: boolean;
}

export const noWork: Crew = { left: [], taken: {}, answers: [], workers: [], isClosed: false };

export const pool: Rules = {
  hire: (crew: Crew, { args: [path] }) => ({
    value: { ...crew, workers: [...crew.workers, String(path)].sort() },
  }),
  give: (crew: Crew, { args }) => ({ value: { ...crew, left: [...crew.left, ...(args as unknown as Work[])] } }),
  // Which worker gets what is decided by measured times: any part of the work may be next.
  take: (crew: Crew, _operation, { me }): Done | Done[] | undefined => {
    if (crew.left.length === 0) return crew.isClosed ? { result: null } : undefined;
    return crew.left.map((work) => ({
      value: { ...crew, left: crew.left.filter((each) => each !== work), taken: { ...crew.taken, [me]: work } },
      result: work,
    }));
  },
  answer: (crew: Crew, { args: [text] }, { me }) => ({
    value: { ...crew, taken: without(crew.taken, me), answers: [...crew.answers, String(text)] },
  }),
  /** An answer, or a worker that is gone and what it had in hand. */
  collect: (crew: Crew, _operation, { isDead }) => {
    const [text, ...answers] = crew.answers;
    if (text !== undefined) return { value: { ...crew, answers }, result: text };
    const path = crew.workers.find((worker) => isDead(worker));
    if (path === undefined) return undefined;
    const workers = crew.workers.filter((worker) => worker !== path);
    const value = { ...crew, workers, taken: without(crew.taken, path) };
    return { value, result: { path, work: (crew.taken[path] as Plain) ?? null } };
  },
  /** What is left of a call is not begun any more. */
  cut: (crew: Crew, { args: [call] }) => {
    const left = crew.left.filter(([each]) => each !== call);
    return { value: { ...crew, left }, result: crew.left.length - left.length };
  },
  /** Who has work of a call, or of any, in hand. */
  busy: (crew: Crew, { args: [call] }) => ({
    result: Object.keys(crew.taken).filter((path) => call === undefined || crew.taken[path]?.[0] === call),
  }),
  close: (crew: Crew) => ({ value: { ...crew, isClosed: true } }),
};

function without(taken: Crew['taken'], path: string): Crew['taken'] {
  const { [path]: _work, ...others } = taken;
  return others;
}
