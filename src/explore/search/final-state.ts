// What a state comes to in which nothing can happen any more: all have ended, or a process waits or goes on
// for ever.

import { hangOf } from '../../deadlock/hang-kind';
import { hangSentence } from '../../deadlock/hang-sentence';
import { ENDED_WITH_PARENT } from '../operations';
import type { Ending } from './endings';
import { isEndless, type Rules } from './rules';
import type { Search } from './search';
import { standstillOf } from './standstill';
import type { State } from './states';

export function endingOf(state: State, search: Search): Ending {
  const memory = search.memoryOf(state);
  const ending = endingWithoutMemory(state, search.rules);
  return memory === undefined ? ending : { ...ending, memory };
}

function endingWithoutMemory(state: State, rules: Rules): Ending {
  const failures = state.procs.flatMap(({ node, ended }) =>
    ended === undefined || ended.code === 0 || ended.code === ENDED_WITH_PARENT
      ? []
      : [{ name: node.behaviour.name, code: ended.code, error: ended.error }],
  );
  const endless = state.procs.find((proc) => isEndless(proc, rules));
  if (endless !== undefined) {
    const { node } = endless;
    const where = node.stop === 'endless' ? node.of?.operation.where : rules.loops.beginOf(node);
    const place = where ? ` after ${where}` : '';
    return { kind: 'endless', failures, sentence: `${node.behaviour.name} goes on for ever${place}.` };
  }
  if (state.procs.every(({ ended }) => ended !== undefined)) {
    return { kind: 'ended', returned: state.procs[0]?.ended?.returned, failures };
  }
  return { kind: 'hang', failures, sentence: hangSentence(hangOf(standstillOf(state, rules))) };
}
