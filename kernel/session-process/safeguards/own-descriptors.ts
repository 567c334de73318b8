// The descriptors by which the session speaks with the kernel cannot be closed by a cell: it could never say
// anything again.

import fs from 'node:fs';
import { descriptors } from '../../conversations/session';

export class DescriptorError extends Error {
  override readonly name = 'DescriptorError';
}

const ours = new Set<unknown>(Object.values(descriptors));

export function keepDescriptorsOpen(): void {
  const { close, closeSync } = fs;
  fs.closeSync = (fd) => {
    refuse(fd);
    closeSync(fd);
  };
  fs.close = ((fd: number, ...rest: []) => {
    refuse(fd);
    close(fd, ...rest);
  }) as typeof close;
}

function refuse(fd: number): void {
  if (!ours.has(fd)) return;
  throw new DescriptorError(
    `Descriptor ${fd} belongs to the notebook, which speaks to its kernel by it: close only what you have opened.`,
  );
}
