// Ends what the kernel has started, once the kernel is gone and cannot do so itself: a shell of a megabyte
// that reads a pipe of the kernel's to its end. It stands in a group of its own, where no signal to the
// kernel's reaches it.

import { type ChildProcess, spawn } from 'node:child_process';

const GUARDED = ['session', 'compiler', 'maker'] as const;

type Guarded = (typeof GUARDED)[number];

/** The last line of each name holds; a number below 0 names a group. What has ended meanwhile is no fault. */
const SCRIPT = `trap '' HUP INT TERM
while read -r name id; do case $name in ${GUARDED.map((name) => `${name}) ${name}=$id;;`).join(' ')} esac; done
kill -s KILL -- ${GUARDED.map((name) => `$${name}`).join(' ')} 2>/dev/null`;

/** A shell that ends at once may do so again and again. */
const NEXT_AFTER_MS = 500;

export class Guard {
  readonly #ids = new Map<Guarded, number>();
  #shell: ChildProcess | undefined;
  #isClosed = process.platform === 'win32';

  /** `group`: with all that it has started. Without a pid there is nothing any more to be ended. */
  readonly watch = (name: Guarded, pid: number | undefined, { group = false } = {}): void => {
    if (pid === undefined) this.#ids.delete(name);
    else this.#ids.set(name, group ? -pid : pid);
    if (this.#shell) this.#tell(name);
    else if (!this.#isClosed) this.#start();
  };

  /** Everything has been ended. */
  close(): void {
    for (const name of this.#ids.keys()) this.watch(name, undefined);
    this.#isClosed = true;
    this.#shell?.stdin?.end();
  }

  #start(): void {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#shell = shell;
    shell.unref();
    shell.on('error', () => {}); // If it fails, only what the kernel leaves when it is killed stays.
    shell.stdin?.on('error', () => {});
    (shell.stdin as unknown as { unref?(): void } | undefined)?.unref?.();
    shell.once('exit', () => {
      setTimeout(() => {
        if (!this.#isClosed) this.#start();
      }, NEXT_AFTER_MS).unref();
    });
    for (const name of this.#ids.keys()) this.#tell(name);
  }

  #tell(name: Guarded): void {
    const { stdin } = this.#shell ?? {};
    if (stdin?.writable) stdin.write(`${name} ${this.#ids.get(name) ?? ''}\n`);
  }
}

export type Watch = Guard['watch'];
