// play(): the evil scheduler. The player decides who moves next, and wins when the program breaks.

import { InvalidArgumentError } from '../../errors';
import { explore } from '../../explore/explore';
import type { ExploreOptions } from '../../explore/options';
import { openWalk } from '../../explore/walk';
import { checkFunction, checkOptions, checkText } from '../../given';
import { panelDisplay } from '../../host/panel';
import { Game } from './game';
import { playByTyping } from './typed';

/** What counts as broken, and how the game is played. */
export interface PlayOptions extends Pick<ExploreOptions, 'invariant' | 'expect'> {
  /** What the player is to reach, in a sentence. */
  readonly goal?: string;
  /** Default: clicking in a notebook, typing in a terminal. */
  readonly by?: 'clicking' | 'typing';
}

/**
 * Begins a game against a program: you decide which process moves next, you may take steps back, and you win
 * when the program breaks. That is when `invariant` does not hold, when the program does not come to what
 * `expect` says, when a process fails, or when no process can move any more. In a notebook let it be the last
 * line of a cell: the board has buttons.
 *
 * @param program The function to be played, with the processes that it starts. It runs apart from this
 * program.
 *
 * @example
 * const program = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => console.log(name) }).start();
 * };
 * const game = await play(program);
 * await game.giveUp();
 * console.log(String(game).split('\n').at(-1)); // → No order breaks it: I looked at all 2. This program is right.
 * @example
 * const lock = new Lock();
 * const counter = new RawValue('int32', 0);
 * const addOne = () => {
 *   using held = lock.acquireSync();
 *   counter.value = counter.value + 1;
 * };
 * const twoAdd = async () => {
 *   const both = [1, 2].map(() => new Process({ target: addOne }));
 *   for (const each of both) each.start();
 *   for (const each of both) await each.join();
 *   return counter.value;
 * };
 * const game = await play(twoAdd, { expect: 2 });
 * await game.giveUp();
 * console.log(String(game).split('\n').at(-1)); // → No order breaks it: I looked at all 2. This program is right.
 */
export async function play(program: () => unknown, options: PlayOptions = {}): Promise<Game> {
  checkFunction('program', program, 'a function that starts processes');
  checkOptions('options', options, ['invariant', 'expect', 'goal', 'by']);
  const { goal = 'Choose who moves next, and make this program go wrong.', by, ...broken } = options;
  checkText('goal', goal);
  if (by !== undefined && by !== 'clicking' && by !== 'typing') {
    throw new InvalidArgumentError('by', "'clicking' or 'typing'", by);
  }
  const game = await Game.begin({
    goal,
    open: () => openWalk(program, broken),
    explore: async () => {
      const { failing, orders, isComplete } = await explore(program, { ...broken, lateWrites: false });
      return { code: failing?.code, orders, isComplete };
    },
  });
  const isTerminal = panelDisplay() === undefined && process.stdin.isTTY;
  if (by === 'typing' || (by === undefined && isTerminal)) await playByTyping(game);
  return game;
}
