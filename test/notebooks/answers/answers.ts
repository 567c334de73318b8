// Answers that students give, as they type them into the exercise cell: other right ones than the solution, and wrong
// ones with the sentence that they must get. One file for each notebook; keys are the ids of its exercise cells.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** At least three right ones with the solution, and five wrong ones, each refused for its own reason. */
export interface Answers {
  right: string[];
  wrong: [code: string, sentence: RegExp][];
}

export function answersTo({ name }: { name: string }): Record<string, Answers> {
  const file = path.join(__dirname, name.replace(/\.ipynb$/, '.js'));
  return existsSync(file) ? (require(file) as { default: Record<string, Answers> }).default : {};
}
