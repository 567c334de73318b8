// The one place that asks explore(): a program and its requirements go in; what each kind of order came to,
// and how many there are of it, comes out.

import type { Exploration } from '../../explore/exploration';
import { LEFT_OUT } from '../../explore/exploration-text';
import { explore } from '../../explore/explore';
import type { Garbled } from '../../explore/garble';
import type { OutcomeCount } from '../../explore/outcome';
import type { Trace, TraceEvent } from '../../trace/record';
import { linesIn } from '../lines-in';
import type { Names, Order, Plain, Requirement } from './requirement';

/** Orders that come to the same. */
export interface KindOfOrder {
  readonly count: bigint;
  /** The code of the shortest order. */
  readonly code: string;
  /** A process that failed and must not, in words. */
  readonly failure: string | undefined;
  readonly hang: string | undefined;
  /** Returns the order as this requirement is to see it. */
  orderFor(requirement: Requirement): Order;
}

export interface Explored {
  readonly kinds: readonly KindOfOrder[];
  /** What comes only where a processor lets others see late what was written. */
  readonly lateKinds: readonly KindOfOrder[];
  readonly total: bigint;
  /** Whether these are all orders there are. */
  readonly isComplete: boolean;
  /** Which orders were looked at, such as 'every order'. */
  readonly which: string;
  /** The run in which there are cores enough and only sleeping takes time. */
  readonly timed: Trace;
  traceOf(code: string): Promise<Trace>;
}

const MAIN_NAME = 'MainProcess';

/** Enough to be asked: what is not made of what arrives is not made of it in any order. */
const GARBLED = { lateWrites: false, states: 1, orders: 10 };

export async function exploreFor(
  program: () => unknown,
  requirements: readonly Requirement[],
  childrenMayFail: boolean,
  garbled?: Garbled,
): Promise<Explored> {
  const memories = requirements.map(({ memory }) => memory);
  const found = await explore(program, {
    anyOrder: !requirements.some(({ seesOrderOfLines }) => seesOrderOfLines),
    ...(garbled && { garbled, ...GARBLED }),
    memory: {
      first: memories.map((memory) => memory?.first ?? null),
      next: (all: Plain, event: TraceEvent, names: Names) =>
        memories.map((memory, at) => memory?.next((all as readonly Plain[])[at], event, names) ?? null),
    },
  });
  const kindOf = (count: OutcomeCount) => kindOfOrder(count, requirements, childrenMayFail);
  return {
    total: found.orders,
    isComplete: found.isComplete,
    which: whichOf(found),
    timed: found.timed,
    traceOf: async (code) => (await found.replay(code)).trace,
    kinds: found.outcomes.map(kindOf),
    lateKinds: found.lateWrites.outcomes.map(kindOf),
  };
}

function whichOf({ rungs, hasLeftOut }: Exploration): string {
  const walked = rungs.at(-1)?.name ?? 'every order';
  return hasLeftOut ? `${walked}, but not ${LEFT_OUT}` : walked;
}

function kindOfOrder(
  { outcome, orders, code }: OutcomeCount,
  requirements: readonly Requirement[],
  childrenMayFail: boolean,
): KindOfOrder {
  const failure = outcome.failures.find(({ name }) => !childrenMayFail || name === MAIN_NAME);
  const lines = linesIn(outcome.printed.join(''));
  return {
    count: orders,
    code,
    failure: failure && `${failure.name} ends with exit code ${failure.code}${said(failure.error)}`,
    hang: outcome.hang,
    orderFor: (requirement) => ({
      returned: outcome.returned,
      lines,
      hang: outcome.hang,
      memory: (outcome.memory as readonly Plain[] | undefined)?.[requirements.indexOf(requirement)],
    }),
  };
}

function said(error: string | undefined): string {
  return error === undefined ? '' : ` (${error})`;
}
