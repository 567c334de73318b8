// A game played by typing: the board in words, then a question.

import { createInterface } from 'node:readline/promises';
import { hostPrompt } from '../../host/prompt';
import type { Game } from './game';

const QUESTION = 'u: a step back, r: begin again, g: can it be won at all, q: stop. Who moves?';

/** Shows the board and asks, until the game is won or the player stops. */
export async function playByTyping(game: Game): Promise<void> {
  using keyboard = openKeyboard();
  while (!game.isWon) {
    console.log(`\n${game}\n`);
    const typed = await keyboard.ask(`${[...game.moves, QUESTION].join(', ')} `);
    if (typed === undefined || typed.trim().toLowerCase() === 'q') break;
    const refusal = await obey(game, typed.trim().toLowerCase());
    if (refusal !== undefined) console.log(`\n${refusal}`);
  }
  if (game.isWon) console.log(`\n${game}`);
}

/** Gives a sentence where it is nothing that can be done now. */
async function obey(game: Game, typed: string): Promise<string | undefined> {
  const move = typed.toUpperCase();
  if (typed === 'u') await game.undo();
  else if (typed === 'r') await game.restart();
  else if (typed === 'g') await game.giveUp();
  else if (game.moves.includes(move)) await game.take(move);
  else return refusalOf(move, game.moves);
  return undefined;
}

function refusalOf(move: string, moves: readonly string[]): string {
  const what = move === '' ? 'Nothing was typed' : `There is no move ${move} now`;
  return moves.length > 0
    ? `${what}: write ${moves.join(' or ')}.`
    : `${what}, and nobody can move: write u, r, g or q.`;
}

interface Keyboard extends Disposable {
  /** Resolves to undefined when no more lines come. */
  ask(question: string): Promise<string | undefined>;
}

function openKeyboard(): Keyboard {
  const prompt = hostPrompt();
  if (prompt !== undefined) return { ask: async (question) => prompt(question), [Symbol.dispose]: () => {} };
  const lines = createInterface({ input: process.stdin });
  const typed = lines[Symbol.asyncIterator]();
  return {
    async ask(question) {
      process.stdout.write(question);
      const { done, value } = await typed.next();
      return done ? undefined : value;
    },
    [Symbol.dispose]: () => lines.close(),
  };
}
