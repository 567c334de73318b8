// One handler for each type of request; the table of messages says what it takes and gives.

import type { Ask, Reply, RequestType } from './messages';
import type { Message } from './wire';

export type Handler<T extends RequestType> = (ask: Ask<T>, request: Message) => Reply<T> | Promise<Reply<T>>;
export type Handlers = { [T in RequestType]: Handler<T> };
