// What front ends see of a request, in its true order: text is gathered for a moment, and leaves before
// whatever follows it.

import type { Publication, PublicationType } from '../protocol/messages';
import type { Header } from '../protocol/wire';
import type { Beside, Post } from '../transport/post';

export type StreamName = Publication<'stream'>['name'];

/** Long enough for a loop of console.log to become a few messages, too short for a person to notice. */
const GATHER_MS = 10;
const GATHER_CHARACTERS = 64 * 1024;

interface Gathered {
  parent: Header;
  name: StreamName;
  pieces: string[];
  characters: number;
  timer: NodeJS.Timeout;
}

export class Publisher {
  readonly #post: Post;
  /**
   * The text that is gathered, of at most one stream at a time per request: when stdout and stderr alternate,
   * their order is kept.
   */
  readonly #gathered = new Map<string, Gathered>();

  constructor(post: Post) {
    this.#post = post;
  }

  text(parent: Header, name: StreamName, text: string): void {
    if (text === '') return;
    let gathered = this.#gathered.get(parent.msg_id);
    if (gathered && gathered.name !== name) {
      this.#release(parent.msg_id);
      gathered = undefined;
    }
    if (!gathered) {
      const timer = setTimeout(() => this.#release(parent.msg_id), GATHER_MS);
      gathered = { parent, name, pieces: [], characters: 0, timer };
      this.#gathered.set(parent.msg_id, gathered);
    }
    gathered.pieces.push(text);
    gathered.characters += text.length;
    if (gathered.characters >= GATHER_CHARACTERS) this.#release(parent.msg_id);
  }

  publish<T extends PublicationType>(
    parent: Header | undefined,
    type: T,
    content: Publication<T>,
    beside?: Beside,
  ): void {
    if (parent) this.#release(parent.msg_id);
    this.#post.publish(parent, type, content, beside);
  }

  status(parent: Header | undefined, state: Publication<'status'>['execution_state']): void {
    this.publish(parent, 'status', { execution_state: state });
  }

  releaseAll(): void {
    for (const id of [...this.#gathered.keys()]) this.#release(id);
  }

  #release(id: string): void {
    const gathered = this.#gathered.get(id);
    if (!gathered) return;
    this.#gathered.delete(id);
    clearTimeout(gathered.timer);
    this.#post.publish(gathered.parent, 'stream', { name: gathered.name, text: gathered.pieces.join('') });
  }
}
