// What the answer of a host says about the items of its chunk, and of the pool as a whole.
import { createRequire } from 'node:module';
import { ProcessDiedError } from '../../errors';
import { moduleHome } from '../../identity/module-home';
import { type Chunk, part, singly } from '../../pool/call';
import type { Outcome, Reply, Values } from '../../pool/conversation';
import { fromRemote } from '../../pool/remote-error';
import { allFailed, resultsOf } from '../../pool/results';
import { decodeFromHost } from '../codec';
import type { AnswerHead } from './conversation';

/** So many in a row that ended before they were ready tell that none ever will be. */
const EARLY_DEATHS = 5;

/** No worker of the pool will ever be ready. */
export type Broken = { readonly error: unknown } | undefined;

export class Answers {
  readonly counts = { done: 0, failed: 0, died: 0, replaced: 0 };
  readonly #require = createRequire(moduleHome());
  readonly #countDone: (host: string, items: number) => void;
  #earlyDeaths = 0;

  constructor(countDone: (host: string, items: number) => void) {
    this.#countDone = countDone;
  }

  take(chunk: Chunk, head: AnswerHead, body: Uint8Array): Broken {
    switch (head.type) {
      case 'died':
        return this.#died(chunk, head);
      case 'failedToStart': {
        chunk.call.giveBack([chunk], true);
        return { error: fromRemote(this.#replyOf(head, body).error, placeOf(head), chunk.call.site) };
      }
      case 'refused':
      case 'returned':
      case 'settled':
        this.#replied(chunk, head, this.#replyOf(head, body));
        return undefined;
      default:
        return head satisfies never;
    }
  }

  /** All of its items. */
  fail({ call, first, items }: Chunk, error: unknown): void {
    this.counts.failed += items.length;
    call.answered(first, allFailed(items.length, error), true);
  }

  #replied(chunk: Chunk, head: AnswerHead, reply: Reply): void {
    const { call, items } = chunk;
    const end = items.length;
    this.#earlyDeaths = 0;
    // One of them may be to blame; but a package that is missing there is missing for all of them.
    if (reply.type === 'refused' && end > 1 && !('isMissing' in head && head.isMissing)) {
      call.giveBack(singly(chunk), true);
      return;
    }
    const { results, count, failed } = resultsOf(reply, end, placeOf(head), call.site);
    this.counts.failed += failed;
    this.counts.done += count - failed;
    this.#countDone(head.host, count);
    if (reply.type !== 'refused') call.target.program.ran.add(count, reply.tookMs);
    // First, so that the call does not end before it has them back.
    call.giveBack([part(chunk, count)], false);
    call.answered(chunk.first, results, true);
  }

  /**
   * What it had begun fails; if that is nothing, it died of the function or of the items, and so would the
   * next.
   */
  #died(chunk: Chunk, head: AnswerHead & { type: 'died' }): Broken {
    const { call, items, first } = chunk;
    const { name, pid } = placeOf(head);
    this.counts.died++;
    if (!head.isReady) {
      call.giveBack([chunk], true);
      const error = new ProcessDiedError(name, pid, head.exitcode, 'the initializer of its pool');
      return ++this.#earlyDeaths >= EARLY_DEATHS ? { error } : undefined;
    }
    const begun = head.begun || items.length;
    const error = new ProcessDiedError(name, pid, head.exitcode, `${call.target.name} for ${call.what}`);
    this.counts.failed += begun;
    call.giveBack([part(chunk, begun)], false);
    call.answered(first, allFailed(begun, error), true);
    return undefined;
  }

  #replyOf(head: AnswerHead & { type: 'failedToStart' }, body: Uint8Array): Reply & { type: 'refused' };
  #replyOf(head: AnswerHead, body: Uint8Array): Reply;
  #replyOf(head: AnswerHead, body: Uint8Array): Reply {
    try {
      const value = decodeFromHost(body, this.#require);
      if (head.type === 'returned') return { type: 'returned', tookMs: head.tookMs, values: value as Values };
      if (head.type === 'settled')
        return { type: 'settled', tookMs: head.tookMs, outcomes: value as Outcome[] };
      return { type: 'refused', error: value };
    } catch (error) {
      return { type: 'refused', error };
    }
  }
}

function placeOf({ name, host, pid }: AnswerHead): { name: string; pid: number } {
  return { name: `${name} on ${host}`, pid };
}
