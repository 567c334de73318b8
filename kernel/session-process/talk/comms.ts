// Comms as the session sees them: named channels to the front end. Sending works in child processes too; what
// a front end says is heard by the session alone.

import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { report } from 'parlab/host';
import type { CommEvent, FromSession } from '../../conversations/session';

/** What is said through a comm. */
export interface CommContent {
  /** Anything that JSON can say. */
  data?: { [key: string]: unknown };
  /** What is said about the data. */
  metadata?: { [key: string]: unknown };
  /** Bytes that travel beside the data. */
  buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

/** What a front end said. */
export interface CommMessage {
  /** Anything that JSON can say. */
  data: { [key: string]: unknown };
  /** What is said about the data. */
  metadata: { [key: string]: unknown };
  /** Bytes that travelled beside the data. */
  buffers: Uint8Array[];
}

/** What is called for each message. */
export type CommHandler = (message: CommMessage) => void;

type Opened = (comm: Comm, message: CommMessage) => void;

/** What listens to a comm stays in this process, so that the comm itself can travel to a child. */
interface Ears {
  heard: CommHandler;
  closed: CommHandler;
}

/** Is told of the errors of handlers, in the context of their cells. */
let tellFailure = (error: unknown): void => {
  throw error;
};

export function onFailedHandler(listener: (error: unknown) => void): void {
  tellFailure = listener;
}

const open = new Map<string, Ears>();
const targets = new Map<string, Opened>();
/** What was closed because this process does not know it. */
const refused = new Set<string>();

/** A channel between the notebook and JavaScript in the front end. ipykernel's class of this name. */
export class Comm {
  /** What both ends know it by. */
  readonly commId: string;
  /** The name under which the other end was registered. */
  readonly targetName: string;

  /** Opens a comm to the code that the front end has registered for `targetName`. */
  constructor(targetName: string, content: CommContent = {}, existing?: { commId: string }) {
    this.targetName = targetName;
    this.commId = existing?.commId ?? randomUUID();
    open.set(this.commId, { heard: () => {}, closed: () => {} });
    if (!existing) say({ type: 'opened', comm: this.commId, target: targetName, ...whole(content) });
  }

  /** Says something to the other end. Child processes may do so too. */
  send(data: { [key: string]: unknown }, content: Omit<CommContent, 'data'> = {}): void {
    say({ type: 'sent', comm: this.commId, ...whole({ ...content, data }) });
  }

  /** Closes both ends. Calling it again does nothing. */
  close(content: CommContent = {}): void {
    if (open.delete(this.commId)) say({ type: 'closed', comm: this.commId, ...whole(content) });
  }

  /** What `handle` prints appears under the cell that called this. The last handler counts. */
  onMsg(handle: CommHandler): void {
    listen(this, { heard: inItsCell(handle) });
  }

  /** Sets what is called when the front end closes its end. */
  onClose(handle: CommHandler): void {
    listen(this, { closed: inItsCell(handle) });
  }
}

/**
 * Sets the library's own handlers: what they send answers the front end's message, whichever cell made the
 * comm.
 */
export function listen(comm: Comm, handlers: Partial<Ears>): void {
  const ears = open.get(comm.commId);
  if (ears) Object.assign(ears, handlers);
}

/** Calls `opened` from now on with each comm that the front end opens under this name. */
export function registerTarget(targetName: string, opened: Opened): void {
  targets.set(targetName, inItsCell(opened));
}

/**
 * What a front end says about a comm. A comm that this process does not know is closed, so that the front end
 * need not wait.
 */
export function takeComm(event: CommEvent): void {
  const { comm, type, data, metadata, buffers } = event;
  const message: CommMessage = { data, metadata, buffers };
  if (type === 'opened') {
    const opened = targets.get(event.target);
    if (opened) opened(new Comm(event.target, {}, { commId: comm }), message);
    else refuse(comm);
    return;
  }
  const ears = open.get(comm);
  if (type === 'closed') {
    open.delete(comm);
    ears?.closed(message);
  } else if (ears) ears.heard(message);
  else refuse(comm);
}

/** What a handler prints, and how it fails, is told under the cell that gave it. */
export function inItsCell<A extends unknown[]>(handle: (...args: A) => void): (...args: A) => void {
  return AsyncResource.bind((...args: A) => {
    try {
      handle(...args);
    } catch (error) {
      tellFailure(error);
    }
  });
}

/** Once: a front end sends to what it has just opened, and complains of a comm that is closed twice. */
function refuse(comm: string): void {
  if (refused.has(comm)) return;
  refused.add(comm);
  say({ type: 'closed', comm, ...whole({}) });
}

function say(event: CommEvent): void {
  report({ type: 'comm', event } satisfies FromSession);
}

function whole({ data = {}, metadata = {}, buffers = [] }: CommContent): CommMessage {
  return { data, metadata, buffers: buffers.map(bytesOf) };
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (!ArrayBuffer.isView(buffer)) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
