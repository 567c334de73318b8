// Every error this library throws on purpose, with its sentence. Knows nothing of what throws it.

/**
 * The base class of all errors that this library throws on purpose: catch it to catch them all.
 *
 * @example
 * try {
 *   new Lock().release();
 * } catch (error) {
 *   if (error instanceof ParallelError) console.log(error.name, error.code); // → NotHeldError not-held
 * }
 */
export class ParallelError extends Error {
  /** Says which error it is, and stays the same; the message may improve. */
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/**
 * Thrown by a wait that was given up because its signal, or the signal of the cell around it, was aborted.
 */
export class WaitAbortedError extends ParallelError {
  constructor(what: string, reason: unknown) {
    super('aborted', `${what} was given up because its signal was aborted.`, { cause: reason });
    this.name = 'AbortError';
  }
}

/** Thrown when the time was up before something was done. */
export class TimeoutError extends ParallelError {
  constructor(what: string, timeoutMs: number, consequence: string) {
    super('timeout', `${what} was not done within ${timeoutMs} ms: ${consequence}.`);
  }
}

/**
 * Thrown when an argument is not what it must be.
 *
 * @example
 * new Queue(1.5); // throws InvalidArgumentError: maxsize must be a whole number, but it is 1.5.
 */
export class InvalidArgumentError extends ParallelError {
  /** Which argument, such as 'maxsize'. */
  readonly argument: string;
  constructor(argument: string, expected: string, got: unknown) {
    super('invalid-argument', `${argument} must be ${expected}, but it is ${describe(got)}.`);
    this.argument = argument;
  }
}

// Exercises

/** Thrown when an answer to an exercise does not hold yet. */
export class NotYetError extends ParallelError {
  constructor(sentence: string) {
    super('not-yet', sentence);
  }
}

// Processes

/**
 * Thrown when something needs a started process, and start() has not been called yet. Python: AssertionError.
 */
export class NotStartedError extends ParallelError {
  constructor(name: string, method: string) {
    super('not-started', `${name}.${method}() needs a started process: call ${name}.start() first.`);
  }
}

/** Thrown by start() when it was called before: a process can be started once. Python: AssertionError. */
export class AlreadyStartedError extends ParallelError {
  constructor(name: string) {
    super(
      'already-started',
      `${name} was started before, and a process runs once: make a new Process to run it again.`,
    );
  }
}

/** Thrown by close() while the process runs. Python: ValueError. */
export class StillRunningError extends ParallelError {
  constructor(name: string) {
    super(
      'still-running',
      `${name} is still running and cannot be closed: wait with join(), or end it with terminate(), first.`,
    );
  }
}

/** Thrown when a Process is used after close(). Python: ValueError. */
export class ProcessClosedError extends ParallelError {
  constructor(name: string, method: string) {
    super('process-closed', `${name}.${method}() was called after ${name}.close().`);
  }
}

/**
 * Thrown when a process does with a Process what only its parent may do, such as join(). Python:
 * AssertionError.
 *
 * @example
 * const other = new Process({ name: 'Ada' });
 * const meddle = () => {
 *   try { other.start(); } catch (error) { console.log((error as Error).name); }
 * };
 * const child = new Process({ target: meddle });
 * child.start();
 * await child.join(); // → NotParentError
 */
export class NotParentError extends ParallelError {
  constructor(name: string, method: string) {
    super('not-parent', `${name}.${method}() may only be called by the process that made ${name}.`);
  }
}

/**
 * Thrown when a daemon starts a process, which daemons may not. Python: AssertionError.
 *
 * @example
 * const start = () => {
 *   try { new Process().start(); } catch (error) { console.log((error as Error).name); }
 * };
 * const daemon = new Process({ target: start, daemon: true });
 * daemon.start();
 * await daemon.join(); // → DaemonChildError
 */
export class DaemonChildError extends ParallelError {
  constructor(name: string) {
    super(
      'daemon-child',
      `${name} is a daemon, and a daemon may not start processes: they would outlive it. Make it with daemon: false.`,
    );
  }
}

/**
 * Thrown when no process could be started: the system gives none, or the start method does not work here.
 *
 * @example
 * const { spawnSync } = require('node:child_process');
 * const env = { ...process.env, PARLAB_FFI: 'off' }; // as on a system where processes cannot share memory
 * const program = "new (require('parlab').Process)({ method: 'process' })";
 * const { stderr } = spawnSync(process.execPath, ['-e', program], { env, encoding: 'utf8' });
 * console.log(/StartFailedError/.exec(stderr)?.[0]); // → StartFailedError
 */
export class StartFailedError extends ParallelError {
  constructor(name: string, reason: string, options?: { cause?: unknown }) {
    super('start-failed', `${name} could not be started: ${reason}.`, options);
  }
}

/** Thrown when no start method has this name. Python: ValueError, cannot find context for 'x'. */
export class UnknownStartMethodError extends ParallelError {
  constructor(name: unknown, expected: string) {
    super(
      'unknown-start-method',
      `There is no context for ${describe(name)}: the start method is ${expected} ` +
        "(Python's fork, spawn and forkserver are all 'process' here).",
    );
  }
}

/**
 * Thrown when the start method was set before, or belongs to a context. Python: RuntimeError, context has
 * already been set; and ValueError, cannot set start method of concrete context.
 */
export class StartMethodSetError extends ParallelError {
  constructor(set: string, isContext = false) {
    super(
      'start-method-set',
      isContext
        ? `The start method of the context '${set}' is '${set}' for ever: call getContext() with another name.`
        : `The start method has already been set, to '${set}': set it once, at the beginning, or use { force: true }.`,
    );
  }
}

/**
 * Thrown by start() when as many children are alive as the machine's memory is good for;
 * process.env.PARLAB_MAX_PROCESSES says another number.
 *
 * @example
 * process.env.PARLAB_MAX_PROCESSES = '0';
 * new Process({ name: 'Ada' }).start(); // throws TooManyProcessesError: Ada was not started…
 * delete process.env.PARLAB_MAX_PROCESSES;
 */
export class TooManyProcessesError extends ParallelError {
  constructor(name: string, living: number) {
    super(
      'too-many-processes',
      `${name} was not started: ${counted(living, 'child of this program is', 'children of this program are')} alive, as many as this machine's memory is good for. ` +
        'Join some first, or set process.env.PARLAB_MAX_PROCESSES to a larger number if you mean it.',
    );
  }
}

// Locks

/**
 * Thrown by acquire() when the process that held the lock died. The lock is free again, but what it protects
 * may be half changed. Only the next process in line gets this error; those after it get the lock as usual.
 * Python: none, the lock stays locked for ever.
 */
export class LockOwnerDiedError extends ParallelError {
  /** The name of the process that died. */
  readonly processName: string;
  /** The number by which the system knew it. */
  readonly pid: number;
  constructor(processName: string, pid: number, end: LockOwnersEnd = {}) {
    super(
      'lock-owner-died',
      // Its number helps who looks for a process that was killed, and not who has forgotten a line.
      end.exitcode === 0 ? `${processName} ${forgotten(end)}` : `${processName} (pid ${pid}) ${died(end)}`,
    );
    this.processName = processName;
    this.pid = pid;
  }
}

/** What is known of the end of a lock's owner. */
export interface LockOwnersEnd {
  /** Null if it is not known; −signal if it was killed. */
  readonly exitcode?: number | null;
  /** What the lock is called. */
  readonly lock?: string;
  /** The line that took it: 'Cell 5, line 3'. */
  readonly where?: string | undefined;
}

/**
 * A process that returned has forgotten the lock, which is a mistake of its own; nothing need be half
 * changed.
 */
function forgotten(end: LockOwnersEnd): string {
  return `has ended and never released ${lockOf(end)}: is a \`release()\` missing? \`with(() => …)\` never forgets it. The lock is free again.`;
}

function died(end: LockOwnersEnd): string {
  const { exitcode = null } = end;
  const how = exitcode !== null && exitcode > 0 ? `ended with exit code ${exitcode}` : 'died';
  return (
    `${how} while it held ${lockOf(end)}, so what the lock protects may be half changed. ` +
    "The lock is free again: put the data right, then acquire it once more, or use acquire({ onOwnerDied: 'continue' })."
  );
}

function lockOf({ lock, where }: LockOwnersEnd): string {
  const name = lock === undefined ? 'the lock' : `the lock ${lock}`;
  return where === undefined ? name : `${name} that it took in ${where}`;
}

/** Thrown by release() when no process holds the lock. Python: ValueError. */
export class NotHeldError extends ParallelError {
  constructor(what: string) {
    super(
      'not-held',
      `${what}.release() was called, but nobody holds it. Was it released twice, or is an \`await\` missing before ${what}.acquire()?`,
    );
  }
}

/**
 * Thrown when a process does with a lock what only its owner may do. Python: AssertionError or RuntimeError.
 */
export class NotOwnerError extends ParallelError {
  constructor(method: string, owner: string | undefined) {
    const held = owner === undefined ? 'nobody holds it' : `${owner} holds it`;
    super(
      'not-owner',
      `${method} was called by a task that does not hold the lock: ${held}. ` +
        'Acquire it first in the same task; is an `await` missing before the acquire()?',
    );
  }
}

/** Thrown when a BoundedSemaphore is released more often than it was acquired. Python: ValueError. */
export class ReleasedTooOftenError extends ParallelError {
  constructor(limit: number) {
    super(
      'released-too-often',
      `BoundedSemaphore.release() was called though ${limit === 1 ? 'its one permit is' : `all of its ${limit} permits are`} free: each acquire() allows one release(). ` +
        'Was it released twice, or is an `await` missing before the acquire()?',
    );
  }
}

/** Thrown by a wait at a barrier that ended although not all parties came. Python: BrokenBarrierError. */
export class BrokenBarrierError extends ParallelError {
  /** Why it broke, in words. */
  readonly reason: string;
  constructor(reason: string) {
    super('broken-barrier', `The barrier is broken, so nobody can wait for all to come: ${reason}.`);
    this.reason = reason;
  }
}

/**
 * Thrown when the lease of a lock in a room ended while the lock was held: its process stood still, or was
 * cut off from the broker, for longer than the lease. Another process may have had the lock meanwhile, or has
 * it now. Python: none.
 *
 * @example
 * console.log(new LeaseLostError('The lock').code); // → lease-lost
 */
export class LeaseLostError extends ParallelError {
  constructor(what: string) {
    super(
      'lease-lost',
      `${what} was lost while it was held: its lease ended before it was renewed, so somebody else may have it by now. ` +
        'Give the token of the acquisition to whatever you write to, and let that refuse a smaller token than its last.',
    );
  }
}

// Queues

/** Thrown by get() when no item came in time. Python: queue.Empty. */
export class QueueEmptyError extends ParallelError {
  constructor(waitedMs?: number) {
    super(
      'queue-empty',
      waitedMs === undefined
        ? 'The queue is empty.'
        : `Nothing came through the queue within ${waitedMs} ms.`,
    );
  }
}

/** Thrown by put() when the queue stayed full for too long. Python: queue.Full. */
export class QueueFullError extends ParallelError {
  constructor(maxsize: number, waitedMs?: number) {
    const when = waitedMs === undefined ? '' : ` and stayed so for ${waitedMs} ms`;
    super('queue-full', `The queue is full: it holds its ${counted(maxsize, 'item')}${when}.`);
  }
}

/** Thrown when a queue is used after close(). Python: ValueError. */
export class QueueClosedError extends ParallelError {
  constructor(method: string) {
    super('queue-closed', `Queue.${method}() was called after this process closed the queue.`);
  }
}

/** Thrown by taskDone() when it was called for more items than were put. Python: ValueError. */
export class TooManyDoneError extends ParallelError {
  constructor() {
    super(
      'too-many-done',
      'JoinableQueue.taskDone() was called more often than items were put: call it once for each get().',
    );
  }
}

// Connections

/**
 * Thrown by recv() when nothing can come any more: the other end was closed, or the processes that had it
 * died. Python: EOFError.
 */
export class EndOfFileError extends ParallelError {
  constructor(method: string) {
    super(
      'end-of-file',
      `Connection.${method}() found nothing, and no process has the other end open any more.`,
    );
  }
}

/** Thrown by send() when no process has the other end open any more. Python: BrokenPipeError. */
export class BrokenPipeError extends ParallelError {
  constructor(method: string) {
    super('broken-pipe', `Connection.${method}() sent nothing: no process has the other end open any more.`);
  }
}

/** Thrown when a connection is used after close(). Python: OSError, handle is closed. */
export class ConnectionClosedError extends ParallelError {
  /** Without a method: it was to travel to another process. */
  constructor(method?: string) {
    super(
      'connection-closed',
      method === undefined
        ? 'A connection that this process has closed cannot travel to another process: hand it on before close().'
        : `Connection.${method}() was called after this process closed the connection.`,
    );
  }
}

/**
 * Thrown when an end of a pipe only sends, or only receives. Python: OSError, connection is read-only (or
 * write-only).
 */
export class OneWayError extends ParallelError {
  constructor(method: string, only: 'receives' | 'sends') {
    super(
      'one-way',
      `Connection.${method}() cannot be: this end only ${only}. Use the other, or Pipe() for both ways.`,
    );
  }
}

/** Thrown when the bytes that came do not fit into the given array. Python: BufferTooShort. */
export class BufferTooShortError extends ParallelError {
  /** All that came. */
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array, room: number) {
    super(
      'buffer-too-short',
      `${counted(bytes.length, 'byte')} came, but there is room for ${room}. They are in error.bytes.`,
    );
    this.bytes = bytes;
  }
}

/** Thrown when more bytes came than were to be received. Python: OSError, bad message length. */
export class MessageTooLongError extends ParallelError {
  constructor(length: number, maxLength: number) {
    super(
      'message-too-long',
      `A message of ${counted(length, 'byte')} came, but at most ${maxLength} were to be received. It is lost.`,
    );
  }
}

// Sockets

/** Thrown when the system refused what a socket was to do; `cause` is the system's error. */
export class SocketError extends ParallelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('socket', message, options);
  }
}

/** Thrown when the other side of a connection does not have the same key. */
export class AuthenticationError extends ParallelError {
  constructor(reason: string) {
    super('authentication', `The connection was refused: ${reason}. Both sides need the same authkey.`);
  }
}

// Values on their way to another process

/**
 * Thrown when a value cannot travel to another process; the message says which and where.
 *
 * @example
 * const door = Promise.resolve();
 * new Process({ target: () => void door }).start(); // throws NotSerializableError: …cannot travel to another process…
 */
export class NotSerializableError extends ParallelError {
  /** Where it stands, such as `args[1].socket`. */
  readonly path: string;
  /** The argument or variable that it belongs to. */
  readonly variable: string;
  constructor(path: string, variable: string, what: string, advice?: string) {
    super(
      'not-serializable',
      `${path} cannot travel to another process: ${what}.${advice === undefined ? '' : ` ${advice}`}`,
    );
    this.path = path;
    this.variable = variable;
  }
}

/**
 * Thrown when a module exports in the child other names than in the parent, so that a function cannot be
 * found there.
 *
 * @example
 * const told = new MissingExportError('./greetings', 'hello');
 * console.log(told.message.split(',')[0]); // → A value arrived as hello of ./greetings
 */
export class MissingExportError extends ParallelError {
  constructor(module: string, name: string) {
    super(
      'missing-export',
      `A value arrived as ${name} of ${module}, but in this process that module exports no ${name}. ` +
        'Does it export other things when it is loaded by another program?',
    );
  }
}

/**
 * Thrown when a package that a function needs is not installed on the host that was to run it, or not in a
 * version that will do. Nothing is run again for it: another host would be a matter of luck.
 *
 * @example
 * console.log(new MissingModuleError('lodash', '4.18.1', '3.10.1').message.split(': ')[1]); // → npm install lodash@4.18.1
 */
export class MissingModuleError extends ParallelError {
  constructor(name: string, version: string, found: string | undefined) {
    const has = found === undefined ? `has no ${name}` : `has ${found}`;
    super(
      'missing-module',
      `The function needs ${name}@${version}, and the worker's host ${has}. ` +
        `Install it there, where \`parlab worker\` runs: npm install ${name}@${version}`,
    );
  }
}

// Pools

/**
 * Thrown when so many hosts of a room were lost while they ran the same items that these are taken for the
 * cause: their memory, for example. Python's executors call it a broken pool.
 *
 * @example
 * console.log(new HostLostError('Pool.map()', ['desk1', 'desk2', 'desk3']).hosts.length); // → 3
 */
export class HostLostError extends ParallelError {
  /** The hosts that had the work, one after the other. */
  readonly hosts: readonly string[];
  constructor(what: string, hosts: readonly string[]) {
    super(
      'host-lost',
      `${what}: ${hosts.length} hosts were lost while they ran these items: ${hosts.join(', ')}. ` +
        'Do they need more memory than a host has, or end it in another way?',
    );
    this.hosts = hosts;
  }
}

/** Thrown to whoever waits for a result when the process that worked at it has ended. */
export class ProcessDiedError extends ParallelError {
  /** The name of the process that died. */
  readonly processName: string;
  /** The number by which the system knew it. */
  readonly pid: number;
  /** What it exited with; −signal when it was killed; null if it is not known. */
  readonly exitcode: number | null;
  constructor(processName: string, pid: number, exitcode: number | null, work: string) {
    const how =
      exitcode === null
        ? 'ended'
        : exitcode < 0
          ? `was ended by signal ${-exitcode}`
          : `exited with code ${exitcode}`;
    super('process-died', `${processName} (pid ${pid}) ${how} while it ran ${work}.`);
    this.processName = processName;
    this.pid = pid;
    this.exitcode = exitcode;
  }
}

/** Thrown when a pool takes no more work, or was terminated. Python: ValueError. */
export class PoolClosedError extends ParallelError {
  constructor(method: string, how: 'close' | 'terminate') {
    super(
      'pool-closed',
      how === 'close'
        ? `Pool.${method}() was called after close(): a closed pool takes no more work. Make a new Pool.`
        : `Pool.${method}() has no result, because the pool was terminated.`,
    );
  }
}

/** Thrown by join() of a pool that still takes work: close() or terminate() it first. Python: ValueError. */
export class PoolRunningError extends ParallelError {
  constructor() {
    super(
      'pool-running',
      'Pool.join() was called while the pool takes work: call close() first to let it finish its work, or terminate() to end it.',
    );
  }
}

/** Thrown by successful() while the work still goes on. Python: ValueError. */
export class NotReadyError extends ParallelError {
  constructor() {
    super(
      'not-ready',
      'AsyncResult.successful() was called before the result was there: await wait() first, or ask ready().',
    );
  }
}

/**
 * The `cause` of an error that came from another process: it says where the error was thrown there. An error
 * that has causes of its own keeps them, and this is the cause of the last.
 *
 * @example
 * await using pool = new Pool({ processes: 1 });
 * const error: Error = await pool.apply(() => { throw new RangeError('too far'); }).catch((reason) => reason);
 * console.log(error.message, error instanceof RangeError, error.cause instanceof RemoteError); // → too far true true
 */
export class RemoteError extends ParallelError {
  constructor(processName: string, pid: number, remoteStack: string) {
    super('remote', `It was thrown in ${processName} (pid ${pid}).`);
    this.stack = `${this.name}: ${this.message}\n${remoteStack}`;
  }
}

// Managers

/** Thrown when the server of a manager was shut down or died, so that its objects are gone. */
export class ManagerEndedError extends ParallelError {
  constructor(method: string, name: string, pid: number) {
    super(
      'manager-ended',
      `${method} has no result, because the server of the manager, ${name} (pid ${pid}), has ended, and its objects with it.`,
    );
  }
}

/**
 * Thrown when a manager is used before start() or connect(), or is started twice: one of start(), connect()
 * and getServer() is to be called, once. Python: AssertionError, ProcessError.
 */
export class ManagerStateError extends ParallelError {
  constructor(method: string, problem: string) {
    super('manager-state', `${method} cannot be: ${problem}.`);
  }
}

/** Thrown when a manager's type does not expose a method, or when the manager has no such type. */
export class NotExposedError extends ParallelError {
  constructor(what: string, advice: string) {
    super('not-exposed', `The manager has no ${what}: ${advice}.`);
  }
}

// The memory that the processes share

/**
 * Thrown when the memory that the processes share cannot be had, or is used up.
 *
 * @example
 * new SharedMemory({ create: true, size: 2 ** 50 }); // throws SharedMemoryError: …more than one piece of a program's shared memory can have…
 */
export class SharedMemoryError extends ParallelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('shared-memory', message, options);
  }
}

/** Thrown when shared memory of that name is there already. Python: FileExistsError. */
export class SharedMemoryExistsError extends ParallelError {
  constructor(name: string) {
    super(
      'shared-memory-exists',
      `Shared memory named '${name}' exists already: leave \`create\` out to attach to it.`,
    );
  }
}

/** Thrown when no shared memory has that name. Python: FileNotFoundError. */
export class SharedMemoryNotFoundError extends ParallelError {
  constructor(name: string) {
    super(
      'shared-memory-not-found',
      `No shared memory of this program is named '${name}'. Was it unlinked before, or is \`create: true\` missing?`,
    );
  }
}

/** Thrown when shared memory is used after close(). Python: TypeError. */
export class SharedMemoryClosedError extends ParallelError {
  constructor(name: string) {
    super('shared-memory-closed', `The shared memory '${name}' was used after this process closed it.`);
  }
}

// Exploring

/**
 * Thrown when explore() cannot go on: it meets something that it does not know, the program filled the memory
 * or ended the process that explores, or an invariant does more than look.
 *
 * @example
 * const program = () => console.log('never');
 * const invariant = () => { throw new Error('oh'); };
 * await explore(program, { invariant }); // throws ExplorationError: The invariant throws Error: oh…
 */
export class ExplorationError extends ParallelError {
  constructor(sentence: string, code = 'exploration') {
    super(code, sentence);
  }
}

/**
 * Thrown when a program that explore() runs depends on more than the order of its operations, such as a file,
 * the network or what it left behind itself: then no order can be run again.
 *
 * @example
 * const everywhere = globalThis as { runs?: number };
 * const program = () => console.log((everywhere.runs = (everywhere.runs ?? 0) + 1));
 * await explore(program); // throws EscapeError: MainProcess did two different things…
 */
export class EscapeError extends ExplorationError {
  constructor(sentence: string) {
    super(sentence, 'escape');
  }
}

// Rooms of several hosts

/**
 * Thrown when the broker of a room cannot be used: no broker listens there, it does not let this program in,
 * it is too old, or a thing was asked for that a room cannot have.
 *
 * @example
 * const mp = getContext('nats://127.0.0.1:9/room1');
 * await new mp.Lock().acquire(); // throws RoomError: Nobody listens at nats://127.0.0.1:9/room1…
 * new mp.SharedMemory(); // throws RoomError: …it is a piece of the memory of one computer…
 */
export class RoomError extends ParallelError {
  constructor(sentence: string, options?: { cause?: unknown }) {
    super('room', sentence, options);
  }
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return count === 1 ? `1 ${noun}` : `${count} ${plural}`;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value) && value.length === 0) return 'an empty array';
  if (typeof value === 'object' && value !== null) {
    const name = value.constructor?.name || 'bare object';
    return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
  }
  if (typeof value === 'function') return `the function ${value.name || '(anonymous)'}`;
  return String(value);
}
