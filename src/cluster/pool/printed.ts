// What was printed on other computers, under the cell that called there, or where this program prints.
import { encodeFrames } from '../../host/frames';
import { hostFd } from '../../host/output';
import { writeFully } from '../../host/write-fully';
import type { Printed } from './conversation';

export function show(all: readonly Printed[]): void {
  const fd = hostFd();
  for (const { kind, tag, payload } of all) {
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
    if (fd === undefined) {
      if (kind !== 'report') writeFully(kind === 'stdout' ? 1 : 2, bytes);
      continue;
    }
    const writer = { pid: process.pid, thread: 0 };
    for (const frame of encodeFrames({ kind, writer, tag, payload: bytes })) writeFully(fd, frame);
  }
}
