// A pool, as a value: the work that is left, which worker has which, and the answers that were not collected
// yet. In which order equal things came about is left out where no process can tell: then far fewer states
// are different.
import type { Operation, Plain } from '../operations';
import type { Around, Done, Rules } from './rule';

/** `target`, `items` and `answer` are the numbers of texts. */
export type Work = readonly [call: number, first: number, target: number, items: number];
export type Answered = readonly [call: number, first: number, answer: number, isFailed: boolean];

/**
 * How the answers of a call are collected: all together, in their order, one by one as they come, or as they
 * come and any number at a time, as a worker gives them that has been given several items.
 */
export type Collecting = readonly [
  call: number,
  how: 'all' | 'in order' | 'as they come' | 'any number',
  next: number,
];

export interface Gone {
  readonly path: string;
  readonly work: Work | null;
}

interface Crew {
  readonly left: readonly Work[];
  readonly taken: Readonly<Record<string, Work>>;
  readonly answers: readonly Answered[];
  readonly workers: readonly string[];
  readonly isClosed: boolean;
}

/** A worker that has not begun its first item, and could fail. */
export const STARTING = -1;

export const noWork: Crew = { left: [], taken: {}, answers: [], workers: [], isClosed: false };

export const pool: Rules = {
  hire: (crew: Crew, { args: [path] }) => ({
    value: { ...crew, workers: [...crew.workers, String(path)].sort() },
  }),
  give: (crew: Crew, { args }) => ({
    value: { ...crew, left: [...crew.left, ...(args as unknown as Work[])] },
  }),
  // Which worker gets what is decided by measured times: any part of the work may be next.
  take: (crew: Crew, _operation, { me }): Done | Done[] | undefined => {
    if (crew.left.length === 0) return crew.isClosed ? { result: null } : undefined;
    return crew.left.map((work) => ({
      value: {
        ...crew,
        left: crew.left.filter((each) => each !== work),
        taken: { ...crew.taken, [me]: work },
      },
      result: work,
    }));
  },
  answer: (crew: Crew, { args: [call, first, text, isFailed, asItComes] }, { me }) => {
    const answer: Answered = [Number(call), Number(first), Number(text), isFailed === true];
    const answers = [...crew.answers, answer];
    if (asItComes !== true) answers.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return { value: { ...crew, taken: without(crew.taken, me), answers } };
  },
  /** Answers of a call, or a worker that is gone and what it had in hand. */
  collect: (crew: Crew, operation, around) => collected(crew, operation, around),
  /** What is left of a call is not begun any more. */
  cut: (crew: Crew, { args: [call] }) => {
    const left = crew.left.filter(([each]) => each !== call);
    return { value: { ...crew, left }, result: crew.left.length - left.length };
  },
  /** Tells which workers have work of a call, or of any, in hand. */
  busy: (crew: Crew, { args: [call] }) => ({
    result: Object.keys(crew.taken).filter((path) => call === undefined || crew.taken[path]?.[0] === call),
  }),
  close: (crew: Crew) => ({ value: { ...crew, isClosed: true } }),
};

function collected(crew: Crew, { args }: Operation, around: Around): Done | Done[] | undefined {
  for (const collecting of [
    [STARTING, 'as they come', 0],
    ...(args as unknown as Collecting[]),
  ] as Collecting[]) {
    const answers = answersFor(crew, collecting);
    if (answers.length === 0) continue;
    if (collecting[1] !== 'any number') return collect(crew, answers);
    return answers.map((_, at) => collect(crew, answers.slice(0, at + 1)));
  }
  const path = crew.workers.find((worker) => around.isDead(worker));
  if (path === undefined) return undefined;
  const workers = crew.workers.filter((worker) => worker !== path);
  const value = { ...crew, workers, taken: without(crew.taken, path) };
  return { value, result: { path, work: (crew.taken[path] as Plain) ?? null } };
}

function collect(crew: Crew, answers: readonly Answered[]): Done {
  return {
    value: { ...crew, answers: crew.answers.filter((each) => !answers.includes(each)) },
    result: answers,
  };
}

function answersFor(crew: Crew, [call, how, next]: Collecting): readonly Answered[] {
  const own = crew.answers.filter((answer) => answer[0] === call);
  switch (how) {
    case 'all': {
      const failed = own.filter(([, , , isFailed]) => isFailed).slice(0, 1);
      const isOpen = [...crew.left, ...Object.values(crew.taken)].some(([each]) => each === call);
      return isOpen ? failed : own;
    }
    case 'in order':
      return own.filter(([, first]) => first === next).slice(0, 1);
    case 'as they come':
      return own.slice(0, 1);
    case 'any number':
      return own;
    default:
      return how satisfies never;
  }
}

function without(taken: Crew['taken'], path: string): Crew['taken'] {
  const { [path]: _work, ...others } = taken;
  return others;
}
