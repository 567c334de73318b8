// Looks at the session's values, for the completer.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ToSession } from '../../conversations/session';

type Keys = readonly string[];

/** How long a look may take: a person who types waits for it. */
const LOOK_MS = 300;

export class Looks {
  readonly #open = new Map<string, (keys: Keys) => void>();
  #asked = 0;

  /** No keys where the session has not answered soon, as one that computes. */
  async ask(path: Keys, tell: (message: ToSession) => void): Promise<Keys> {
    const tag = `look ${++this.#asked}`;
    const seen = new Promise<Keys>((resolve) => this.#open.set(tag, resolve));
    tell({ type: 'look', tag, path });
    const late = sleep(LOOK_MS, [], { ref: false });
    return Promise.race([seen, late]).finally(() => this.#open.delete(tag));
  }

  seen(tag: string, keys: Keys): void {
    this.#open.get(tag)?.(keys);
  }
}
