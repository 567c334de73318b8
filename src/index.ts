// What users may rely on, and nothing else. Add a line here only with a line in CHANGELOG.md.
export { Queue, type QueueWaitOptions } from './channel/queue';
export {
  AlreadyStartedError,
  BrokenBarrierError,
  DaemonChildError,
  InvalidArgumentError,
  LockOwnerDiedError,
  NotHeldError,
  NotOwnerError,
  NotParentError,
  NotSerializableError,
  NotStartedError,
  ParallelError,
  ProcessClosedError,
  QueueClosedError,
  QueueEmptyError,
  QueueFullError,
  ReleasedTooOftenError,
  SharedMemoryError,
  StartFailedError,
  StillRunningError,
  TooManyProcessesError,
  WaitAbortedError,
} from './errors';
export { activeChildren } from './process/children';
export type { StartMethodName } from './process/choose-method';
export { cpuCount } from './process/cpu-count';
export {
  type CurrentProcess,
  currentProcess,
  parentProcess,
  type RunningProcess,
} from './process/current-process';
export type { JoinOptions } from './process/ending';
export { Process, type ProcessOptions } from './process/process';
export { Barrier, type BarrierOptions } from './sync/barrier';
export { BoundedSemaphore } from './sync/bounded-semaphore';
export { Condition } from './sync/condition';
export { Event } from './sync/event';
export { type AcquireOptions, type Held, Lock } from './sync/lock';
export { RLock } from './sync/rlock';
export { Semaphore } from './sync/semaphore';
export type { WaitOptions } from './sync/wait-options';
