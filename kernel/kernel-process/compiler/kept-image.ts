// The image as one kernel has it: whether it starts from it, and when it makes one.

import { type Image, imageOf, type Making, makeImage, removeImage, usableImage } from './image';

/** Making an image needs a processor for seconds: not while a student waits for a first result. */
const MAKE_AFTER_MS = 5000;

export class KeptImage {
  readonly #log: (sentence: string) => void;
  readonly #makes: (pid: number | undefined) => void;
  readonly #distrusted = new Set<string>();
  #makeLater: NodeJS.Timeout | undefined;
  #making: Making | undefined;

  /** `makes`: told of the process that makes one, and of its end. */
  constructor(log: (sentence: string) => void, makes: (pid: number | undefined) => void) {
    this.#log = log;
    this.#makes = makes;
  }

  /** The image from which to start; undefined if there is none. */
  get usable(): Image | undefined {
    return usableImage(this.#distrusted);
  }

  makeSoon(): void {
    this.#makeLater ??= setTimeout(() => {
      this.#making = makeImage(imageOf(), this.#makes);
    }, MAKE_AFTER_MS).unref();
  }

  /** It did not start. One of all users stays: on another machine it may. */
  distrust(image: Image): void {
    this.#distrusted.add(image.file);
    if (image.isForAll) return;
    try {
      removeImage(image);
    } catch (error) {
      this.#log(
        `An image of the compiler that does not start cannot be removed: ${(error as Error).message}`,
      );
    }
  }

  stop(): void {
    clearTimeout(this.#makeLater);
    this.#making?.stop();
  }

  /** Resolves when nothing of a making is left. */
  async stopped(): Promise<void> {
    await this.#making?.done;
  }
}
