// Pipe and Connection, as a program under control sees them.

import { copyInto, partOf, shortEnough } from '../../channel/byte-parts';
import {
  connectionText,
  type Connection as RealConnection,
  type Pipe as realPipe,
} from '../../channel/connection';
import { receivedItems } from '../../channel/received-items';
import { ConnectionClosedError, InvalidArgumentError, OneWayError } from '../../errors';
import { checkOptionsOf } from '../../given';
import {
  type Composite,
  type Handle,
  type Parts,
  type Shareable,
  toHandle,
  toParts,
} from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { showAs } from '../../system/show-as';
import { type Readiness, waitable } from '../../waiting/waitable';
import { received } from '../garble';
import { letItem, openItem } from '../items';
import { pipeBetween } from '../machines/pipe';
import type { Source } from '../machines/wait-any';
import { GAVE_UP, type Plain, perform, runner } from '../operations';
import type { Public } from './public';
import { newThing, remember } from './thing';
import { copyOf } from './view';
import { sourceOf, type Waited } from './wait-any';
import { letTheRestBeTried, type Waiting, wait, waitingFor } from './waiting';

export type Side = 0 | 1;
export type Ways = 'both' | 'receives' | 'sends';

interface SignalOption {
  signal?: AbortSignal;
}

/** Which end of which pipe; what travels. */
export class End implements Shareable {
  readonly index: number;
  readonly side: Side;
  constructor(index: number, side: Side) {
    this.index = index;
    this.side = side;
  }
  [toHandle](): Handle {
    return { kind: 'explored', type: 'pipe-end', index: this.index, side: this.side };
  }
}

export class Connection<Sent = unknown, Got = Sent>
  implements Public<RealConnection<Sent, Got>>, Composite, Waited, Disposable, AsyncIterable<Got>
{
  readonly #end: End;
  readonly #ways: Ways;
  readonly #waits = new Set<() => void>();
  #isClosed = false;

  constructor(end: End, ways: Ways) {
    this.#end = end;
    this.#ways = ways;
    remember(connectionKey(end), this);
  }

  get closed(): boolean {
    return this.#isClosed;
  }

  get readable(): boolean {
    return this.#ways !== 'sends';
  }

  get writable(): boolean {
    return this.#ways !== 'receives';
  }

  async send(item: Sent, options?: SignalOption): Promise<void> {
    await this.#send('send', item, options);
  }

  sendSync(item: Sent): void {
    this.#sendSync('sendSync', item);
  }

  async sendBytes(bytes: ArrayBufferView, offset?: number, size?: number): Promise<void> {
    await this.#send('sendBytes', partOf(copyOf(bytes), offset, size));
  }

  sendBytesSync(bytes: ArrayBufferView, offset?: number, size?: number): void {
    this.#sendSync('sendBytesSync', partOf(copyOf(bytes), offset, size));
  }

  async recv(options?: SignalOption): Promise<Got> {
    return (await this.#recv('recv', options)) as Got;
  }

  recvSync(): Got {
    return this.#recvSync('recvSync') as Got;
  }

  async recvBytes(maxLength?: number): Promise<Uint8Array> {
    return shortEnough(asBytes(await this.#recv('recvBytes'), 'recvBytes'), maxLength);
  }

  recvBytesSync(maxLength?: number): Uint8Array {
    return shortEnough(asBytes(this.#recvSync('recvBytesSync'), 'recvBytesSync'), maxLength);
  }

  async recvBytesInto(target: ArrayBufferView, offset = 0): Promise<number> {
    const room = partOf(target, offset);
    return copyInto(asBytes(await this.#recv('recvBytesInto'), 'recvBytesInto'), room);
  }

  recvBytesIntoSync(target: ArrayBufferView, offset = 0): number {
    const room = partOf(target, offset);
    return copyInto(asBytes(this.#recvSync('recvBytesIntoSync'), 'recvBytesIntoSync'), room);
  }

  async poll(timeout = 0, options: SignalOption = {}): Promise<boolean> {
    checkOptionsOf('signal', options);
    const { signal } = options;
    this.#check('poll', 'receives');
    const waiting = waitingFor('Connection.poll()', { timeout, ...(signal !== undefined && { signal }) });
    return (await wait('ready', this.#end.index, [this.#end.side], waiting)) !== GAVE_UP;
  }

  pollSync(timeout = 0): boolean {
    this.#check('pollSync', 'receives');
    const { timeoutMs } = waitingFor('', { timeout });
    return perform('ready', this.#end.index, [this.#end.side], { timeoutMs }) !== GAVE_UP;
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#waits.size > 0) letTheRestBeTried();
    this.#isClosed = true;
    runner().local.known.delete(connectionKey(this.#end));
    perform('close', this.#end.index, [this.#end.side]);
    for (const close of [...this.#waits]) close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [Symbol.asyncIterator](): AsyncGenerator<Got, void, undefined> {
    return receivedItems(
      () => this.recv(),
      () => this.#isClosed,
    );
  }

  /** @internal */
  [waitable](): Readiness {
    this.#check('wait', 'receives');
    return { isReady: () => this.pollSync(0) };
  }

  [sourceOf](): Source {
    this.#check('wait', 'receives');
    return ['pipe', this.#end.index, this.#end.side];
  }

  /** @internal */
  [toParts](): Parts {
    if (this.#isClosed) throw new ConnectionClosedError();
    return { kind: 'explored-connection', parts: [this.#end, this.#ways] };
  }

  async #send(method: string, item: unknown, options?: SignalOption): Promise<void> {
    checkOptionsOf('signal', options);
    this.#check(method, 'sends');
    const args = [this.#end.side, letItem(item, true), method];
    await wait('send', this.#end.index, args, this.#waiting(method, options));
  }

  #sendSync(method: string, item: unknown): void {
    this.#check(method, 'sends');
    perform('send', this.#end.index, [this.#end.side, letItem(item, true), method]);
  }

  async #recv(method: string, options?: SignalOption): Promise<unknown> {
    checkOptionsOf('signal', options);
    this.#check(method, 'receives');
    const args: Plain[] = [this.#end.side, method, false];
    const item = await wait('recv', this.#end.index, args, this.#waiting(method, options));
    return received(openItem(item as string, true));
  }

  #recvSync(method: string): unknown {
    this.#check(method, 'receives');
    const item = perform('recv', this.#end.index, [this.#end.side, method, true]);
    return received(openItem(item as string, true));
  }

  #waiting(method: string, options: SignalOption | undefined): Waiting {
    const endings = { all: this.#waits, error: () => new ConnectionClosedError(method) };
    return { ...waitingFor(`Connection.${method}()`, options), endings };
  }

  #check(method: string, way: 'receives' | 'sends'): void {
    if (this.#isClosed) throw new ConnectionClosedError(method);
    if (this.#ways !== 'both' && this.#ways !== way) throw new OneWayError(method, this.#ways);
  }
}

export function connectionKey({ index, side }: End): string {
  return `connection ${index} ${side}`;
}

/** Whether this process has had an end of a pipe that it may give away. */
export function hasConnections(): boolean {
  for (const face of runner().local.known.values()) if (face instanceof Connection) return true;
  return false;
}

export const Pipe = function Pipe(duplex = true, options: NameOption = {}): [Connection, Connection] {
  checkOptionsOf('name', options);
  const { path } = runner();
  const index = newThing('pipe', pipeBetween([[], []], [[path], [path]]), 'Pipe', options.name);
  return [
    new Connection(new End(index, 0), duplex ? 'both' : 'receives'),
    new Connection(new End(index, 1), duplex ? 'both' : 'sends'),
  ];
} as unknown as typeof realPipe;

function asBytes(item: unknown, method: string): Uint8Array {
  if (ArrayBuffer.isView(item)) return partOf(item);
  throw new InvalidArgumentError(`what came for ${method}()`, 'bytes, sent by sendBytes()', item);
}

showAs(Connection.prototype, connectionText);
