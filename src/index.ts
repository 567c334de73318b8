/**
 * What programs and notebooks import: Python's `multiprocessing`, with its names in camelCase. Every wait
 * takes `timeout` in milliseconds and a `signal`, and blocks only where its name ends with `Sync`.
 *
 * @module parlab
 */
// What users may rely on, and nothing else. Add a line here only with a line in CHANGELOG.md.

import { loadTogether } from './system/load-together';
import './system/own-files';

loadTogether(module, __dirname);

// It makes a Process again that comes back from another process.
import './process/sent-process';

export { Connection, Pipe } from './channel/connection';
export { JoinableQueue, type QueueJoinOptions } from './channel/joinable-queue';
export { Queue, type QueueWaitOptions } from './channel/queue';
export { SimpleQueue } from './channel/simple-queue';
export { type WaitAnyOptions, wait, waitSync } from './channel/wait';
export type { RoomAddress } from './cluster/address';
export type { RoomJoinableQueue } from './cluster/channel/joinable-queue';
export type { RoomQueue } from './cluster/channel/queue';
export type { RoomBarrier, RoomBarrierOptions } from './cluster/sync/barrier';
export type { RoomEvent } from './cluster/sync/event';
export type { RoomHeld, RoomPermit } from './cluster/sync/held';
export type { RoomLock } from './cluster/sync/lock';
export type { RoomRLock } from './cluster/sync/rlock';
export type { RoomBoundedSemaphore, RoomSemaphore } from './cluster/sync/semaphore';
export type { RoomValue } from './cluster/sync/value';
export type { BoundPool, BoundProcess } from './context/bound';
export { ThreadPool } from './context/bound';
export { type Context, getContext } from './context/context';
export type { RoomContext } from './context/room-context';
export { DeadlockError } from './deadlock/deadlock-error';
export type {
  Hang,
  HangHold,
  HangKind,
  HangObject,
  HangProcess,
  HangSubject,
  HangWait,
  Standstill,
} from './deadlock/hang';
export {
  AlreadyStartedError,
  AuthenticationError,
  BrokenBarrierError,
  BrokenPipeError,
  BufferTooShortError,
  ConnectionClosedError,
  DaemonChildError,
  EndOfFileError,
  EscapeError,
  ExplorationError,
  HostLostError,
  InvalidArgumentError,
  LeaseLostError,
  LockOwnerDiedError,
  ManagerEndedError,
  ManagerStateError,
  MessageTooLongError,
  MissingExportError,
  MissingModuleError,
  NotExposedError,
  NotHeldError,
  NotOwnerError,
  NotParentError,
  NotReadyError,
  NotSerializableError,
  NotStartedError,
  NotYetError,
  OneWayError,
  ParallelError,
  PoolClosedError,
  PoolRunningError,
  ProcessClosedError,
  ProcessDiedError,
  QueueClosedError,
  QueueEmptyError,
  QueueFullError,
  ReleasedTooOftenError,
  RemoteError,
  RoomError,
  SharedMemoryClosedError,
  SharedMemoryError,
  SharedMemoryExistsError,
  SharedMemoryNotFoundError,
  SocketError,
  StartFailedError,
  StartMethodSetError,
  StillRunningError,
  TimeoutError,
  TooManyDoneError,
  TooManyProcessesError,
  UnknownStartMethodError,
  WaitAbortedError,
} from './errors';
export { Exploration } from './explore/exploration';
export { explore, replay } from './explore/explore';
export type { ExploreOptions } from './explore/options';
export type { Failure, LateWrites, Outcome, OutcomeCount, Plain, Replay, Rung } from './explore/outcome';
export type { Move, ObjectView, Over, Position, ProcessView } from './explore/position';
export { openWalk, Walk } from './explore/walk';
export {
  type CurrentProcess,
  currentProcess,
  parentProcess,
  type RunningProcess,
} from './identity/current-process';
export type { StartMethodName } from './identity/identity';
export {
  getLogger,
  type Logger,
  type LogHandler,
  type LogLevel,
  type LogLevelName,
  type LogRecord,
  logToStderr,
} from './identity/log';
export { BaseManager, type ManagerOptions, type StartOptions } from './manager/base-manager';
export type { ConditionProxy, LockProxy, RLockProxy, SemaphoreProxy } from './manager/lock-proxies';
export type { TypeOptions } from './manager/managed-type';
export type { ManagerServer } from './manager/manager-server';
export { BaseProxy } from './manager/proxy';
export type {
  ArrayProxy,
  AsyncResultProxy,
  BarrierProxy,
  DictProxy,
  EventProxy,
  JoinableQueueProxy,
  ListProxy,
  NamespaceProxy,
  PoolProxy,
  ProxyOf,
  QueueProxy,
  Remote,
  ResultIteratorProxy,
  SetProxy,
  ValueProxy,
} from './manager/proxy-types';
export { SharedMemoryManager } from './manager/shared-memory-manager';
export { Manager, SyncManager } from './manager/sync-manager';
export type { NameOption } from './objects/shared-object';
export { AsyncResult } from './pool/async-result';
export type {
  Callbacks,
  HostStats,
  HostWork,
  IterateOptions,
  MapOptions,
  PoolOptions,
  PoolStats,
  Progress,
  WorkOptions,
} from './pool/options';
export { Pool } from './pool/pool';
export type { ResultIterator } from './pool/result-iterator';
export { activeChildren } from './process/active-children';
export { cpuCount } from './process/cpu-count';
export type { JoinOptions } from './process/ending';
export { Process } from './process/process';
export type { ProcessOptions } from './process/process-options';
// Python's name too, for `import * as parlab`: docs/decisions/shared-array.md says why the class has another.
export { SharedArray, SharedArray as Array } from './shared/array';
export type { AnyType, ArrayOf, ElementOf, NumberType, TypeCode } from './shared/number-types';
export { type Initial, RawArray, RawValue } from './shared/raw';
export { type ShareableItem, ShareableList } from './shared/shareable-list';
export { SharedMemory, type SharedMemoryOptions } from './shared/shared-memory';
export { type LockOptions, Value } from './shared/value';
export type { Address, Family } from './socket/address';
export { type AuthKey, answerChallenge, deliverChallenge } from './socket/challenge';
export { Client, type ClientOptions } from './socket/client';
export { Listener, type ListenerOptions } from './socket/listener';
export type { SocketConnection } from './socket/socket-connection';
export {
  getAllStartMethods,
  getStartMethod,
  setStartMethod,
} from './start/choose-method';
export { setExecutable } from './start/executable';
export { setForkserverPreload } from './start/preload-modules';
export { Barrier, type BarrierOptions } from './sync/barrier';
export { BoundedSemaphore } from './sync/bounded-semaphore';
export { Condition } from './sync/condition';
export { Event } from './sync/event';
export { type AcquireOptions, type Held, Lock } from './sync/lock';
export { RLock } from './sync/rlock';
export { Semaphore } from './sync/semaphore';
export type { Untimed, WaitOptions } from './sync/wait-options';
export type { ChromeEvent, ChromeTrace } from './timeline/chrome-trace';
export type { LiveOptions } from './timeline/live';
export {
  type ProcessPicture,
  type ProcessPictureOptions,
  processPicture,
} from './timeline/process-picture';
export { Timeline, type TimelineOptions, timeline } from './timeline/timeline';
export type { VegaLiteSpec } from './timeline/vega-lite';
export type { TimelineWindow } from './timeline/window';
export { readTrace } from './trace/read-trace';
export type { EventKind, Trace, TracedObject, TracedProcess, TraceEvent } from './trace/record';
export { startTrace, stopTrace, type TraceOptions } from './trace/start-trace';
export { type SleepOptions, sleep, sleepSync } from './waiting/sleep';
export type { Waitable } from './waiting/waitable';
