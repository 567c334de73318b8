// A process that has loaded everything and waits for its task, however it was made: spawned or forked.

export interface WarmChild {
  readonly slot: number;
  readonly pid: number;
  /** What it inherited, as JSON, to be compared with what holds when it gets its task. */
  readonly env: string;
  onExit(listener: (exitcode: number) => void): void;
  exitcode(): number | undefined;
  waitSync(timeoutMs: number): void;
  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /** It gets no task: it ends. */
  discard(): void;
  keepLoop(going: boolean): void;
}
