// A picture that changes in place while something goes on: on the display of a host such as the kernel, or
// else, as lines of text, on the terminal.

import { AsyncResource } from 'node:async_hooks';
import { screenOf, type Terminal } from './terminal-screen';

/** A picture as it is at this moment. */
export interface ShownPicture {
  /** The id, which is the same as long as it is the same picture. */
  readonly id: string;
  /** Its forms, by their MIME types. */
  readonly bundle: { readonly [mime: string]: string };
  /** Whether it changes no more. */
  readonly isFinished: boolean;
}

/** Is called again and again for the same `id`; the last time with `isFinished`. */
export type PictureDisplay = (shown: ShownPicture) => void;

let hostDisplay: PictureDisplay | undefined;

/** From now on, pictures of this process that change are shown by `display` instead of on the terminal. */
export function setPictureDisplay(display: PictureDisplay): void {
  hostDisplay = display;
}

export interface Forms {
  /** What a host shows. */
  bundle(): { readonly [mime: string]: string };
  /** What a terminal shows. */
  lines(): readonly string[];
}

let lastId = 0;

export class LivePicture {
  readonly #show: ((forms: Forms, isFinished: boolean) => void) | undefined;

  constructor(terminal: Terminal = process.stderr) {
    const id = `parlab-picture-${process.pid}-${++lastId}`;
    if (hostDisplay !== undefined) {
      // A host tells by the asynchronous context whose work this is.
      const display = AsyncResource.bind(hostDisplay);
      this.#show = (forms, isFinished) => display({ id, bundle: forms.bundle(), isFinished });
      return;
    }
    const screen = screenOf(terminal);
    if (screen) this.#show = (forms, isFinished) => screen.show(id, forms.lines(), isFinished);
  }

  /** False where it would not be seen to change: then nothing needs to be drawn. */
  get isSeen(): boolean {
    return this.#show !== undefined;
  }

  show(forms: Forms, { isFinished }: { isFinished: boolean }): void {
    this.#show?.(forms, isFinished);
  }
}
