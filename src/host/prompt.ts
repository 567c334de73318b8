// How to ask the person at the keyboard, when a host such as the kernel can.

/** Blocks until the answer is there; throws an `InputRefusedError` where no person can answer. */
export type Prompt = (question: string) => string;

let prompt: Prompt | undefined;

/** From now on, questions to the person at the keyboard are asked by `given`. */
export function setPrompt(given: Prompt): void {
  prompt = given;
}

export function hostPrompt(): Prompt | undefined {
  return prompt;
}
