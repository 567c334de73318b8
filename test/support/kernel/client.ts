// A front end for tests. It checks every message that it receives by the kernel's own table of messages.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isRequestType,
  type NoticeType,
  type PublicationType,
  publications,
  questions,
  type Reply,
  type RequestType,
  requests,
} from '../../../kernel/kernel-process/protocol/messages';
import type { Dictionary } from '../../../kernel/kernel-process/protocol/shape';
import {
  type Header,
  type Message,
  pack,
  parse,
  type Seal,
  sign,
  verify,
} from '../../../kernel/kernel-process/protocol/wire';
import type { AskingChannel, Channel } from '../../../kernel/kernel-process/transport/transport';

const PATIENCE_MS = 120_000;

export interface Link {
  send(channel: AskingChannel, frames: (string | Buffer)[]): void;
  onMessage(take: (channel: Channel, frames: Buffer[]) => void): void;
}

export interface Published {
  type: PublicationType;
  content: Dictionary;
  buffers: Buffer[];
}

/** One request with everything that came because of it, also later than its idle. */
export class Exchange<T extends RequestType = RequestType> {
  readonly header: Header;
  readonly published: Published[] = [];
  readonly #reply = deferred<Message>();
  readonly #idle = deferred<void>();
  #changed = deferred<void>();

  constructor(header: Header) {
    this.header = header;
  }

  take(channel: Channel, message: Message): void {
    if (channel === 'iopub') {
      this.published.push(publishedIn(message));
      if (message.content.execution_state === 'idle') this.#idle.resolve();
    } else if (channel !== 'stdin') this.#reply.resolve(message);
    this.#changed.resolve();
    this.#changed = deferred<void>();
  }

  async reply(): Promise<Reply<T>> {
    return (await this.replyMessage()).content as Reply<T>;
  }

  replyMessage(): Promise<Message> {
    return inTime(this.#reply.promise, `a reply to ${this.header.msg_type}`);
  }

  /** The reply, after idle too. */
  async done(): Promise<Reply<T>> {
    await inTime(this.#idle.promise, `idle of ${this.header.msg_type}`);
    return this.reply();
  }

  async until(holds: (exchange: this) => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!holds(this)) await inTime(this.#changed.promise, what, deadline - Date.now());
  }

  text(name: 'stdout' | 'stderr'): string {
    return this.contents('stream')
      .filter((content) => content.name === name)
      .map((content) => content.text)
      .join('');
  }

  contents(type: PublicationType): Dictionary[] {
    return this.published.filter((one) => one.type === type).map((one) => one.content);
  }

  messages(type: PublicationType): Published[] {
    return this.published.filter((one) => one.type === type);
  }

  get result(): unknown {
    const data = this.contents('execute_result')[0]?.data as Dictionary | undefined;
    return data?.['text/plain'];
  }
}

/** Changes the four JSON parts before they are signed. */
export type Change = (frames: (string | Buffer)[], at: typeof PLACES) => void;

const PLACES = { header: 0, parent: 1, metadata: 2, content: 3 } as const;

export class Client {
  readonly #link: Link;
  readonly #seal: Seal;
  readonly #session = randomUUID();
  readonly #exchanges = new Map<string, Exchange>();
  /** What belongs to no request of this client: the starting status, welcomes, other clients. */
  readonly others: Published[] = [];
  onInput: (prompt: string, password: boolean) => string | undefined = () => undefined;

  constructor(link: Link, seal: Seal) {
    this.#link = link;
    this.#seal = seal;
    link.onMessage((channel, frames) => this.#take(channel, frames));
  }

  request<T extends RequestType>(
    type: T,
    content: Dictionary,
    channel: AskingChannel = 'shell',
    subshell_id?: string,
    change?: Change,
  ): Exchange<T> {
    const message = this.message(type, content);
    if (subshell_id !== undefined) message.header.subshell_id = subshell_id;
    const exchange = new Exchange<T>(message.header);
    this.#exchanges.set(message.header.msg_id, exchange as unknown as Exchange);
    this.#link.send(channel, this.#packed(message, change));
    return exchange;
  }

  execute(
    code: string,
    more: Dictionary = {},
    subshell?: string,
    change?: Change,
  ): Exchange<'execute_request'> {
    const content = { code, silent: false, allow_stdin: true, ...more };
    return this.request('execute_request', content, 'shell', subshell, change);
  }

  interrupt(): Exchange<'interrupt_request'> {
    return this.request('interrupt_request', {}, 'control');
  }

  notify(type: NoticeType, content: Dictionary, buffers: Buffer[] = []): Exchange {
    const message = { ...this.message(type, content), buffers };
    const exchange = new Exchange(message.header);
    this.#exchanges.set(message.header.msg_id, exchange);
    this.#link.send('shell', pack(message, this.#seal));
    return exchange;
  }

  message(type: string, content: Dictionary, parent: Message['parent'] = {}): Message {
    const header: Header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: 'student',
      date: new Date().toISOString(),
      msg_type: type,
      version: '5.4',
    };
    return { identities: [], header, parent, metadata: {}, content, buffers: [] };
  }

  answer(value: string): void {
    this.#link.send('stdin', pack(this.message('input_reply', { value }), this.#seal));
  }

  /** A front end that asks before this may miss the beginning of what is published. */
  async welcomed(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!this.others.some(({ type }) => type === 'iopub_welcome')) {
      assert.ok(Date.now() < deadline, 'no iopub_welcome came');
      await sleep(5);
    }
  }

  #packed(message: Message, change: Change | undefined): (string | Buffer)[] {
    const frames = pack(message, this.#seal);
    if (!change) return frames;
    const parts = frames.slice(-4);
    change(parts, PLACES);
    return [...frames.slice(0, -5), sign(this.#seal, parts), ...parts];
  }

  #take(channel: Channel, frames: Buffer[]): void {
    const message = parse(verify(frames, this.#seal));
    check(channel, message);
    if (channel === 'stdin') {
      const { prompt, password } = questions.input_request(message.content, 'content');
      const value = this.onInput(prompt, password);
      if (value !== undefined) this.answer(value);
      return;
    }
    const exchange = this.#exchanges.get(message.parent.msg_id ?? '');
    if (exchange) exchange.take(channel, message);
    else this.others.push(publishedIn(message));
  }
}

function publishedIn({ header, content, buffers }: Message): Published {
  return { type: header.msg_type as PublicationType, content, buffers };
}

function check(channel: Channel, { header, content }: Message): void {
  const type = header.msg_type;
  if (channel === 'iopub') {
    assert.ok(Object.hasOwn(publications, type), `iopub must not carry ${type}`);
    publications[type as PublicationType](content, type);
  } else if (channel === 'stdin') {
    assert.equal(type, 'input_request');
  } else {
    const request = type.replace(/_reply$/, '_request');
    assert.ok(isRequestType(request), `${channel} must not carry ${type}`);
    requests[request].reply(content, type);
  }
}

function inTime<T>(promise: Promise<T>, what: string, timeoutMs = PATIENCE_MS): Promise<T> {
  const late = deferred<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`)),
    timeoutMs,
  );
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function deferred<T>(): Deferred<T> {
  let settle!: Pick<Deferred<T>, 'resolve' | 'reject'>;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}
