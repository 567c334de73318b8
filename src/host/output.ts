// Where output goes: to the host's descriptor in tagged frames, when a host such as the kernel has plugged
// itself in.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { threadId } from 'node:worker_threads';
import { encodeFrames, encodeShortText, type FrameKind, MAX_FRAME_BYTES } from './frames';
import { writeFully } from './write-fully';

/** Where a host wants to have what is printed. */
export interface HostOutput {
  /** An inherited descriptor that takes frames. Child processes inherit it too. */
  fd: number;
  /** The tag for what is written now. A process started now keeps it for life. */
  tag(): string;
}

const { from } = Buffer;
let host: HostOutput | undefined;
const listeners = new Set<() => void>();

/** From now on, children write frames to the host instead of writing to their own standard output. */
export function setOutput(output: HostOutput): void {
  host = output;
  for (const listener of listeners) listener();
}

/** Lets code hear of it that gave the old output away, such as the stock of warm processes. */
export function onOutputChanged(listener: () => void): void {
  listeners.add(listener);
}

export function hostFd(): number | undefined {
  return host?.fd;
}

/** The tag for what is written now; empty without a host. */
export function cellTag(): string {
  return host?.tag() ?? '';
}

const shortFrame = Buffer.allocUnsafeSlow(MAX_FRAME_BYTES);

/** Returns false when there is no host. */
export function writeToHost(kind: FrameKind, payload: Buffer | string): boolean {
  if (!host) return false;
  const message = { kind, writer: { pid: process.pid, thread: threadId }, tag: host.tag() };
  if (typeof payload === 'string') {
    const sizeBytes = encodeShortText(shortFrame, message, payload);
    if (sizeBytes === 0) return writeToHost(kind, from(payload));
    writeFully(host.fd, shortFrame, sizeBytes);
    return true;
  }
  const frames = encodeFrames({ ...message, payload });
  // It does not use for…of: what a program has made of its iterators must not silence it.
  for (let i = 0; i < frames.length; i++) writeFully(host.fd, frames[i] as Buffer);
  return true;
}
