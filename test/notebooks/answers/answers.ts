// Answers that students give, as they type them into the exercise cell: other right ones than the solution, and wrong
// ones with the sentence that they must get. One file for each notebook; keys are the ids of its exercise cells.

/** At least three right ones with the solution, and five wrong ones, each refused for its own reason. */
export interface Answers {
  right: string[];
  wrong: [code: string, sentence: RegExp][];
}
