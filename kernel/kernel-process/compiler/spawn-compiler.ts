// Starts the process of the compiler, from an image where there is one.

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { HEAP_OPTIONS, IMAGE_OPTIONS, type Image } from './image';

const ENTRY = join(__dirname, '..', '..', 'compiler-process', 'entry.js');

export function spawnCompiler(directory: string, image: Image | undefined): ChildProcess {
  const program = image ? [...IMAGE_OPTIONS, '--snapshot-blob', image.file] : [...HEAP_OPTIONS, ENTRY];
  return spawn(process.execPath, [...program, directory], {
    // Its stderr is read here: where the kernel's is not read, it would stand still there as it writes why it
    // ends.
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Without this each thread of V8's keeps what it has freed: 10 MiB.
      MALLOC_ARENA_MAX: '1',
      // Each Node that starts reads it, in 20 to 40 ms, and the compiler talks to no server.
      NODE_EXTRA_CA_CERTS: undefined,
      // An image starts only with the options of V8 that it was made with.
      ...(image && { NODE_OPTIONS: '' }),
    },
  });
}
