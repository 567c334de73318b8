// Asks the person at the keyboard, and goes on with a given answer when nobody can be asked.

/** `input` of the kernel: asks in the notebook and throws when the front end cannot ask. */
type Input = (question: string) => string;

/**
 * Shows `question` and returns what was typed. An empty answer, or a program that runs where nobody can type (all
 * cells at once from the shell, a test), gives `fallback`, and says so.
 */
export function ask(question: string, fallback: string): string {
  const typed = typedAnswer(question);
  if (typed !== undefined && typed.trim() !== '') return typed.trim();
  console.log(`${question} (nobody typed an answer, so I take: ${fallback})`);
  return fallback;
}

function typedAnswer(question: string): string | undefined {
  const input = (globalThis as { input?: Input }).input;
  if (typeof input !== 'function') return undefined;
  try {
    return input(`${question} `);
  } catch {
    return undefined;
  }
}
