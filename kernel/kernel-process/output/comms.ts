// Comms: two-way channels between a front end and the session, for widgets. Their messages pass through; who
// is open is known here, also while a cell blocks.

import type { CommEvent } from '../../conversations/session';
import type { Handler } from '../protocol/handlers';
import { type Notice, type NoticeType, notices } from '../protocol/messages';
import type { Message } from '../protocol/wire';
import type { CellOutputs } from './cell-outputs';
import type { Publisher } from './publisher';

interface CommsParts {
  publisher: Publisher;
  outputs: CellOutputs;
  /** Resolves when the session has dealt with it, or has ended. */
  tellSession(tag: string, event: CommEvent): Promise<void>;
}

export class Comms {
  readonly #parts: CommsParts;
  /** The target of each comm. */
  readonly #open = new Map<string, string>();
  #tags = 0;

  constructor(parts: CommsParts) {
    this.#parts = parts;
  }

  readonly info: Handler<'comm_info_request'> = ({ target_name: wanted }) => {
    const open = [...this.#open].filter(([, target]) => wanted === undefined || target === wanted);
    return {
      status: 'ok',
      comms: Object.fromEntries(open.map(([id, target_name]) => [id, { target_name }])),
    };
  };

  /** What a front end says. A front end sends its next change when this one's request is idle. */
  async take(type: NoticeType, message: Message): Promise<void> {
    const { outputs, tellSession } = this.#parts;
    const event = eventOf(type, message);
    if (event.type === 'opened') this.#open.set(event.comm, event.target);
    if (event.type === 'closed') this.#open.delete(event.comm);
    const tag = `comm ${++this.#tags}`;
    // Its content may be large, and whoever answers it needs only the header.
    outputs.begin(tag, { request: { ...message, content: {}, buffers: [] }, silent: true, payload: [] });
    try {
      await tellSession(tag, event);
    } finally {
      outputs.forget(tag);
    }
  }

  /** What the session says, because of the request behind `tag`. */
  said(tag: string, event: CommEvent): void {
    const { comm: comm_id, data, metadata, buffers } = event;
    const { publisher, outputs } = this.#parts;
    const header = outputs.headerOf(tag);
    const more = { metadata, buffers };
    switch (event.type) {
      case 'opened':
        this.#open.set(comm_id, event.target);
        publisher.publish(header, 'comm_open', { comm_id, target_name: event.target, data }, more);
        return;
      case 'sent':
        publisher.publish(header, 'comm_msg', { comm_id, data }, more);
        return;
      case 'closed':
        this.#open.delete(comm_id);
        publisher.publish(header, 'comm_close', { comm_id, data }, more);
        return;
      default:
        event satisfies never;
    }
  }

  /** The session that had the other ends is gone. */
  closeAll(): void {
    for (const comm_id of this.#open.keys()) {
      this.#parts.publisher.publish(undefined, 'comm_close', { comm_id, data: {} });
    }
    this.#open.clear();
  }
}

function eventOf(type: NoticeType, { content, metadata, buffers }: Message): CommEvent {
  const more = { metadata, buffers };
  switch (type) {
    case 'comm_open': {
      const { comm_id, target_name, data }: Notice<'comm_open'> = notices.comm_open(content, 'content');
      return { type: 'opened', comm: comm_id, target: target_name, data, ...more };
    }
    case 'comm_msg': {
      const { comm_id, data } = notices.comm_msg(content, 'content');
      return { type: 'sent', comm: comm_id, data, ...more };
    }
    case 'comm_close': {
      const { comm_id, data } = notices.comm_close(content, 'content');
      return { type: 'closed', comm: comm_id, data, ...more };
    }
    default:
      return type satisfies never;
  }
}
