// What the library tells of what it does, once a program asks for it: Python's `get_logger()` and
// `log_to_stderr()`.

import { InvalidArgumentError } from '../errors';
import { process } from '../system/node-process';
import { showAs } from '../system/show-as';
import { type LogSettings, myIdentity } from './identity';

/** Python's levels, and the two that multiprocessing adds. */
const LEVELS = {
  NOTSET: 0,
  SUBDEBUG: 5,
  DEBUG: 10,
  INFO: 20,
  SUBWARNING: 25,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
} as const;

/** Python's levels, and the two that multiprocessing adds: SUBDEBUG and SUBWARNING. */
export type LogLevelName = keyof typeof LEVELS;
/** A level by its name, or a number between those of the names, such as 15. */
export type LogLevel = LogLevelName | number;

/** One message, as handlers get it. */
export interface LogRecord {
  /** 10 for DEBUG, 20 for INFO, as in Python. */
  readonly level: number;
  /** The level's name; 'Level 15' for a number between those of the names. */
  readonly levelName: string;
  /** The name of the process that logged it. */
  readonly processName: string;
  /** What was logged. */
  readonly message: string;
}

/** What is called for each record. */
export type LogHandler = (record: LogRecord) => void;

const USUAL_LEVEL = LEVELS.WARNING;

/**
 * Gives messages to its handlers when their level is at least the logger's. Python's Logger, as far as
 * `multiprocessing` uses it.
 */
export class Logger {
  readonly #handlers = new Set<LogHandler>();
  #level: number;

  /**
   * getLogger() makes it.
   *
   * @internal
   */
  constructor(settings: LogSettings) {
    this.#level = settings.level;
    if (settings.toStderr) this.addHandler(writeToStderr);
  }

  /** 0 (NOTSET) until setLevel() or logToStderr(level). */
  get level(): number {
    return this.#level;
  }

  /**
   * Sets the level, also for children that are started from now on.
   *
   * @throws InvalidArgumentError for an unknown level.
   */
  setLevel(level: LogLevel): void {
    this.#level = numberOf(level);
  }

  /** The level that counts: WARNING where none is set. */
  getEffectiveLevel(): number {
    return this.#level === LEVELS.NOTSET ? USUAL_LEVEL : this.#level;
  }

  /**
   * Whether a message of this level would reach a handler.
   *
   * @throws InvalidArgumentError for an unknown level.
   */
  isEnabledFor(level: LogLevel): boolean {
    const number = numberOf(level);
    return this.#handlers.size > 0 && number >= this.getEffectiveLevel();
  }

  /**
   * Calls `handler` for each record of this process from now on. A handler does not travel to children;
   * logToStderr() does.
   */
  addHandler(handler: LogHandler): void {
    this.#handlers.add(handler);
  }

  /** Removes a handler. */
  removeHandler(handler: LogHandler): void {
    this.#handlers.delete(handler);
  }

  /** Whether the handler is among those that are called. */
  hasHandler(handler: LogHandler): boolean {
    return this.#handlers.has(handler);
  }

  /**
   * Gives a message to the handlers, if the level is high enough.
   *
   * @throws InvalidArgumentError for an unknown level.
   */
  log(level: LogLevel, message: string): void {
    if (!this.isEnabledFor(level)) return;
    const number = numberOf(level);
    const record = { level: number, levelName: nameOf(number), processName: myIdentity().name, message };
    for (const handler of this.#handlers) handler(record);
  }

  /** log() at the level DEBUG. */
  debug(message: string): void {
    this.log('DEBUG', message);
  }

  /** log() at the level INFO. */
  info(message: string): void {
    this.log('INFO', message);
  }

  /** log() at the level WARNING. */
  warning(message: string): void {
    this.log('WARNING', message);
  }

  /** log() at the level ERROR. */
  error(message: string): void {
    this.log('ERROR', message);
  }

  /** log() at the level CRITICAL. */
  critical(message: string): void {
    this.log('CRITICAL', message);
  }
}

showAs(Logger.prototype, (logger: Logger) => `<Logger ${nameOf(logger.getEffectiveLevel())}>`);

let logger: Logger | undefined;

/**
 * Returns the logger of this process, which hears what the library does and what you log. It costs nothing
 * while it has no handler. Python's `multiprocessing.get_logger()`.
 *
 * @example
 * const logger = getLogger();
 * logger.setLevel('INFO');
 * logger.addHandler(({ levelName, processName, message }) => console.log(`[${levelName}/${processName}] ${message}`));
 * logger.info('all is well'); // → [INFO/MainProcess] all is well
 * logger.debug('too little to be told');
 */
export function getLogger(): Logger {
  logger ??= new Logger(myIdentity().log ?? { level: LEVELS.NOTSET, toStderr: false });
  return logger;
}

/**
 * Lets this process and the children that it starts from now on write what they log to their standard error:
 * `[INFO/Process-1] …`. Python's `multiprocessing.log_to_stderr()`.
 *
 * @throws InvalidArgumentError for an unknown level.
 * @example
 * const logger = logToStderr('ERROR');
 * console.log(logger.isEnabledFor('INFO'), logger.isEnabledFor('ERROR')); // → false true
 */
export function logToStderr(level?: LogLevel): Logger {
  const logging = getLogger();
  if (level !== undefined) logging.setLevel(level);
  if (!logging.hasHandler(writeToStderr)) {
    logging.addHandler(writeToStderr);
    if (myIdentity().parent === undefined) logExit();
  }
  return logging;
}

/**
 * Returns the settings for a child that is about to start; undefined where nothing is set, which is the rule.
 */
export function logSettings(): LogSettings | undefined {
  const inherited = myIdentity().log;
  if (logger === undefined) return inherited;
  return { level: logger.level, toStderr: logger.hasHandler(writeToStderr) };
}

/** Logs one of the library's own messages: `message` is not called where no handler would hear it. */
export function logAt(level: LogLevelName, message: () => string): void {
  if (logger === undefined && myIdentity().log === undefined) return;
  const logging = getLogger();
  if (logging.isEnabledFor(level)) logging.log(level, message());
}

/** What a process logs of its end, as Python does. */
export function logExit(): void {
  process.on('exit', (exitcode) => {
    logAt('INFO', () => 'process shutting down');
    logAt('INFO', () => `process exiting with exitcode ${exitcode}`);
  });
}

function writeToStderr({ levelName, processName, message }: LogRecord): void {
  process.stderr.write(`[${levelName}/${processName}] ${message}\n`);
}

function numberOf(level: LogLevel): number {
  if (typeof level === 'number' && level >= 0) return level;
  if (typeof level === 'string' && Object.hasOwn(LEVELS, level)) return LEVELS[level];
  throw new InvalidArgumentError('level', `a number or one of ${Object.keys(LEVELS).join(', ')}`, level);
}

function nameOf(level: number): string {
  return Object.entries(LEVELS).find(([, number]) => number === level)?.[0] ?? `Level ${level}`;
}
