// What is on the board of a game: who plays, what each has done and is about to do, what they share. Pure.

import type { Move, ObjectView, ProcessView } from '../../explore/position';
import { readToken } from '../../explore/search/codes';
import type { Trace } from '../../trace/record';
import { inkOn, lanesOf, processColour } from '../orders/lanes';
import { type GameState, sentenceOf } from './state';

/** A process, and its column. */
export interface Lane {
  readonly process: ProcessView;
  readonly colour: string;
  /** The colour of letters on that colour. */
  readonly ink: string;
  /** What it could do now. */
  readonly moves: readonly Move[];
}

/** Something that has happened. */
export interface Done {
  /** Whose column. */
  readonly lane: number;
  readonly words: string;
}

export interface Board {
  readonly phase: GameState['phase'];
  readonly goal: string;
  /** How it stands, and what can be done. */
  readonly sentence: string;
  readonly code: string;
  readonly lanes: readonly Lane[];
  readonly done: readonly Done[];
  readonly objects: readonly ObjectView[];
  /** All lines so far. */
  readonly printed: string;
}

export function boardOf(state: GameState, trace: Trace, goal: string): Board {
  const { position } = state;
  const { names, rows } = lanesOf(trace);
  // The main process starts the others and waits: it has a column where it does more.
  const players = position.processes.filter(
    ({ letter, name }) =>
      letter !== 'M' || names.includes(name) || position.moves.some(({ process }) => process === name),
  );
  return {
    phase: state.phase,
    goal,
    sentence: sentenceOf(state),
    code: position.code,
    lanes: players.map((process, at) => {
      const colour = processColour(trace.processes.find(({ name }) => name === process.name)?.id ?? at);
      const moves = position.moves.filter(({ token }) => readToken(token)?.letter === process.letter);
      return { process, colour, ink: inkOn(colour), moves };
    }),
    done: rows.map(({ lane, words }) => ({
      lane: players.findIndex(({ name }) => name === names[lane]),
      words,
    })),
    objects: position.objects,
    printed: position.printed.join(''),
  };
}

/** 'next: reads counter: 0 (Cell 3, line 2)', 'waits for Lock-1, held by Ada', 'has ended'. */
export function aheadWords({ state, what, where, waitsFor, heldBy }: ProcessView): string {
  const place = where === undefined ? '' : ` (${where})`;
  switch (state) {
    case 'ended':
      return 'has ended';
    case 'waiting':
      return `waits for ${waitsFor ?? 'something'}${heldBy === undefined ? '' : `, held by ${heldBy}`}${place}`;
    case 'ready':
      return `next: ${what ?? 'goes on'}${place}`;
    default:
      return state satisfies never;
  }
}

export function valueWords({ value, holder }: ObjectView): string {
  return holder === undefined || value.includes(holder) ? value : `${value} by ${holder}`;
}
