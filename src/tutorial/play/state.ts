// Where a game stands, as a pure function of what has happened in it.

import type { Position } from '../../explore/position';
import { withStop } from '../../explore/with-stop';

/** What an exploration said when the player gave up. */
export interface Answer {
  /** An order that breaks the program; undefined if there is none. */
  readonly code: string | undefined;
  readonly orders: bigint;
  /** Whether that were all of them. */
  readonly isComplete: boolean;
}

export type GameState =
  /** The player is to choose who moves. */
  | { readonly phase: 'playing'; readonly position: Position }
  /** The program is broken: the player has won. */
  | { readonly phase: 'won'; readonly position: Position; readonly why: string }
  /** It came to its end, and all is well: take a step back, or begin again. */
  | { readonly phase: 'unharmed'; readonly position: Position }
  /** The player gave up and was told. */
  | { readonly phase: 'told'; readonly position: Position; readonly answer: Answer };

export type GameEvent =
  | { readonly type: 'moved'; readonly position: Position }
  | { readonly type: 'answered'; readonly answer: Answer };

export function begin(position: Position): GameState {
  const { isOver } = position;
  if (isOver === undefined) return { phase: 'playing', position };
  if (isOver.isBroken) return { phase: 'won', position, why: isOver.why ?? 'it is broken' };
  return { phase: 'unharmed', position };
}

export function next(state: GameState, event: GameEvent): GameState {
  switch (event.type) {
    case 'moved':
      return begin(event.position);
    case 'answered':
      return { phase: 'told', position: state.position, answer: event.answer };
    default:
      return event satisfies never;
  }
}

/** What the player is told: how it stands, and what can be done. */
export function sentenceOf(state: GameState): string {
  switch (state.phase) {
    case 'playing':
      return 'Who moves next?';
    case 'won':
      return `You have broken it: ${withStop(state.why)} ${orderWords(state.position.code)}`;
    case 'unharmed':
      return 'It has come to its end, and nothing is broken. Take steps back, or begin again.';
    case 'told':
      return toldSentence(state.answer);
    default:
      return state satisfies never;
  }
}

function orderWords(code: string): string {
  return code === '' ? 'It needed no move of yours.' : `Your order was ${code}.`;
}

function toldSentence({ code, orders, isComplete }: Answer): string {
  const count = orders.toLocaleString('en');
  if (code === '') return 'It is broken without a move of yours: there is only one order.';
  if (code !== undefined) return `It can be broken, for example so: ${code}. Begin again and try it.`;
  if (!isComplete)
    return `I tried ${count} orders, and none of them breaks it. There are more than I can try.`;
  return orders === 1n
    ? 'No order breaks it: there is only one.'
    : `No order breaks it: I looked at all ${count}. This program is right.`;
}
