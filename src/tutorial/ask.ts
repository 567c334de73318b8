// Asks the person at the keyboard, and goes on with a given answer where there is no person to ask.

import { hostPrompt } from '../host/prompt';

/**
 * Shows `question` and returns what was typed. An empty answer, or a place where no person can type (a
 * notebook that is run by a program, a script), gives `fallback`, and says so.
 *
 * @example
 * const count = Number(ask('How many children?', '2'));
 * // → How many children? No answer was typed, so I take: 2
 */
export function ask(question: string, fallback: string): string {
  const typed = typedAnswer(question)?.trim();
  if (typed) return typed;
  console.log(`${question} No answer was typed, so I take: ${fallback}`);
  return fallback;
}

function typedAnswer(question: string): string | undefined {
  try {
    return hostPrompt()?.(`${question} `);
  } catch (error) {
    // Anything else, such as an interrupt, is for the student.
    if (error instanceof Error && error.name === 'InputRefusedError') return undefined;
    throw error;
  }
}
