// What running cells ask the person at the keyboard: one question at a time, each answered, refused or ended with its cell.

import type { Message } from '../protocol/wire';
import type { Answer, FromSession } from '../session/conversation';
import type { Post } from '../transport/post';

type Asked = Extract<FromSession, { type: 'asked' }>;

interface Open {
  tag: string;
  request: Message;
  asked: Asked;
}

export class Questions {
  readonly #post: Post;
  readonly #answer: (answer: Answer) => void;
  /** The first is before the front end, the others wait. */
  #open: Open[] = [];

  constructor(post: Post, answer: (answer: Answer) => void) {
    this.#post = post;
    this.#answer = answer;
  }

  ask(tag: string, request: Message, asked: Asked): void {
    this.#open.push({ tag, request, asked });
    if (this.#open.length === 1) this.#send();
  }

  answered(text: string): void {
    const first = this.#open.shift();
    if (!first) return; // the cell was interrupted while the person typed
    this.#answer({ type: 'answered', question: first.asked.question, text });
    this.#send();
  }

  /** A session that blocks in a question hears an interrupt only when the question ends. */
  refuseAll(reason: string): void {
    for (const { asked } of this.#open) this.#answer({ type: 'refused', question: asked.question, reason });
    this.#open = [];
  }

  cellEnded(tag: string): void {
    const first = this.#open[0];
    this.#open = this.#open.filter((open) => open.tag !== tag);
    if (this.#open[0] !== first) this.#send();
  }

  #send(): void {
    const first = this.#open[0];
    if (first) this.#post.ask(first.request, { prompt: first.asked.prompt, password: first.asked.password });
  }
}
