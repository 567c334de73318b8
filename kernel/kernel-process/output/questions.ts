// What the running cells ask the person at the keyboard: one question at a time, each answered or ended with
// its cell.

import type { Answer, FromSession } from '../../conversations/session';
import type { Message } from '../protocol/wire';
import type { Post } from '../transport/post';

type Asked = Extract<FromSession, { type: 'asked' }>;

interface Open {
  tag: string;
  request: Message;
  asked: Asked;
  /** The id of the message that was sent; a question that waits has none. */
  id?: string;
}

/** A front end shows a question only while it waits for the cell. */
const TOO_LATE =
  'This question came when its cell had ended, where nobody can answer: write `await input(…)`.';

export class Questions {
  readonly #post: Post;
  readonly #answer: (answer: Answer) => void;
  readonly #running = new Set<string>();
  /** The first is before the front end, the others wait. */
  #open: Open[] = [];

  constructor(post: Post, answer: (answer: Answer) => void) {
    this.#post = post;
    this.#answer = answer;
  }

  cellBegan(tag: string): void {
    this.#running.add(tag);
  }

  cellEnded(tag: string): void {
    this.#running.delete(tag);
    const [shown] = this.#open;
    for (const { asked } of this.#open.filter((open) => open.tag === tag)) this.#refuse(asked);
    this.#open = this.#open.filter((open) => open.tag !== tag);
    if (shown !== this.#open[0]) this.#send();
  }

  ask(tag: string, request: Message, asked: Asked): void {
    if (!this.#running.has(tag)) {
      this.#refuse(asked);
      return;
    }
    this.#open.push({ tag, request, asked });
    if (this.#open.length === 1) this.#send();
  }

  /** Only who was asked may answer, and only this question: the one before may have been interrupted. */
  answered(text: string, { identities, parent }: Message): void {
    const [first] = this.#open;
    if (!first) return; // the cell was interrupted while the person typed
    const isWho = Buffer.concat(identities).equals(Buffer.concat(first.request.identities));
    // Some front ends name nothing, some the cell.
    const named = [undefined, first.id, first.request.header.msg_id];
    if (!isWho || !named.includes(parent.msg_id)) throw new Error('it answers another question');
    this.#open.shift();
    this.#answer({ type: 'answered', question: first.asked.question, text });
    this.#send();
  }

  /** The session ends its questions itself; what is typed now answers nothing. */
  interrupted(): void {
    this.#open = [];
  }

  #refuse({ question }: Asked): void {
    this.#answer({ type: 'refused', question, reason: TOO_LATE });
  }

  #send(): void {
    const first = this.#open[0];
    if (!first) return;
    const { prompt, password } = first.asked;
    first.id = this.#post.ask(first.request, { prompt, password });
  }
}
