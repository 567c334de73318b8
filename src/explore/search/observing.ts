// Lets an invariant look at a state: what it reads is answered at once, and it can do nothing else.
import { types } from 'node:util';
import { ExplorationError } from '../../errors';
import { LOOKING, machines } from '../machines';
import { type Operation, type Plain, setRunning } from '../operations';
import { limited, onlooker } from '../outside';
import { showResult } from '../results/compare';
import { wordsOf } from '../telling';
import { aroundOf, type Rules, waysOf } from './rules';
import type { State } from './states';

const OBSERVER = 'the invariant';

export function holdsIn(state: State, invariant: () => unknown, rules: Rules): boolean {
  const refuse = (): never => {
    throw refused('waits or ends a process');
  };
  setRunning(onlooker(OBSERVER, rules.things, refuse, (operation) => looked(operation, state, rules)));
  try {
    const said = limited('The invariant', invariant);
    if (typeof said === 'boolean') return said;
    throw refused(`gives ${givenWords(said)}`);
  } catch (error) {
    throw error instanceof ExplorationError ? error : refused(`throws ${wordsOf(error)}`);
  } finally {
    setRunning(undefined);
  }
}

function looked(operation: Operation, state: State, rules: Rules): Plain {
  const { kind, object } = operation;
  const rule = object < 0 ? undefined : machines[rules.things.at(object).machine]?.[kind];
  if (rule === undefined || !LOOKING.has(kind)) throw refused(`does ${kind}`);
  const value = rules.values.valueAt(object, state.values[object] ?? 0);
  const done = rule(value as never, operation, aroundOf(state, OBSERVER, rules));
  return done === undefined ? undefined : waysOf(done)[0]?.result;
}

function refused(what: string): ExplorationError {
  return new ExplorationError(
    `The invariant ${what}: it may only look at what processes share, and has to answer true or false at once.`,
  );
}

function givenWords(said: unknown): string {
  if (types.isPromise(said)) return 'a Promise';
  return said === undefined ? 'nothing' : showResult(said);
}
