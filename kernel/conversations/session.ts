// Everything the kernel and its session say to each other. Nothing else crosses between the two processes.

import type { CellProgram } from './cell-program';

/** A value in the forms that a front end can show, by their MIME types. */
export type MimeBundle = { [mime: string]: unknown };

/**
 * The session's inherited descriptors; 0 is closed, 1 and 2 carry the raw output of subprocesses that inherit
 * them.
 */
export const descriptors = {
  /**
   * Frames of src/host/frames: the output and the reports of the session and of all its children, in true
   * order.
   */
  frames: 3,
  /** `ToSession`, as written by `encodeMessage`: read by the session's main thread. */
  commands: 4,
  /** `Answer`, as written by `encodeMessage`. */
  answers: 5,
  /**
   * `Signal`, as written by `encodeMessage`: read by a thread, also while the main thread loops. Its end
   * means that the kernel is gone.
   */
  signals: 6,
} as const;

/** The exit code of a session that could not say why it gave up. */
export const MUTE_EXIT_CODE = 113;

/** An error as a front end shows it: `traceback` is lines with ANSI colours, the first names the error. */
export interface ShownError {
  name: string;
  message: string;
  traceback: string[];
}

/** What one end of a comm says to the other. */
export type CommEvent = {
  comm: string;
  data: { [key: string]: unknown };
  metadata: { [key: string]: unknown };
  buffers: Uint8Array[];
} & ({ type: 'opened'; target: string } | { type: 'sent' } | { type: 'closed' });

/** A name that a cell has tried to bind. */
export interface Unmade {
  name: string;
  /** The cell, such as `Cell 7`. */
  cell: string;
  /** The line where it does not compile. */
  line?: number;
}

export type ToSession =
  /**
   * Run a cell. Exactly one `Outcome` with the same tag follows, unless the session exits. `silent`: no
   * result is made. `unmade`: what cells would have bound, had they compiled. `cellId`: by which the front
   * end knows the cell, however often it is run and changed.
   */
  | {
      type: 'evaluate';
      tag: string;
      program: CellProgram;
      unmade?: readonly Unmade[];
      cellId?: string;
      silent: boolean;
      allowStdin: boolean;
    }
  /** What a front end says on a comm. `heard` with the same tag follows, unless the session exits. */
  | { type: 'comm'; tag: string; event: CommEvent }
  /** Which keys has the value at the end of this path? `seen` with the same tag follows. */
  | { type: 'look'; tag: string; path: readonly string[] }
  /** Clean up and exit with code 0; `process.on('exit')` handlers of the student run. */
  | { type: 'shutdown' };

export type Signal =
  /**
   * Stop every running cell, what they wait for, their timers and their children. `evaluations`: how many
   * were sent before; one of them that arrives only later does not begin.
   */
  | { type: 'interrupt'; evaluations: number }
  /**
   * `listening` follows. Has the main thread heard of so many evaluations? If it is deaf, `gaveUp` is told.
   */
  | { type: 'check'; evaluations: number }
  /**
   * Connect the main thread's inspector to the debugger that listens there
   * (`src/inspector/inspector-relay.ts`); its end ends it.
   */
  | { type: 'inspect'; socket: string };

/**
 * `question` repeats the number of the `asked`; an answer to a question that an interrupt has ended is
 * dropped.
 */
export type Answer =
  | { type: 'answered'; question: number; text: string }
  /** The front end cannot ask; `reason` is a sentence shown to the student. */
  | { type: 'refused'; question: number; reason: string };

/** How a cell ended. Whatever it wrote before has been written to the frames descriptor before this. */
export type Outcome =
  | { type: 'returned'; bundle?: MimeBundle; metadata?: { [mime: string]: unknown } }
  | ({ type: 'threw' } & ShownError)
  | ({ type: 'interrupted' } & ShownError);

/** Reports: v8-serialized payloads of report frames; the frame's tag says which cell. */
export type FromSession =
  | Outcome
  /** The first report, with an empty tag: cells may be sent. */
  | { type: 'ready'; pid: number; nodeVersion: string }
  /**
   * It comes from the session or from a child. `update`: change the displays of that id instead of adding
   * one.
   */
  | {
      type: 'displayed';
      bundle: MimeBundle;
      metadata: { [mime: string]: unknown };
      displayId?: string;
      update?: boolean;
    }
  | { type: 'cleared'; wait: boolean }
  /**
   * Blocking or awaiting, the session wants an `Answer`; never sent when the cell was given `allowStdin:
   * false`.
   */
  | { type: 'asked'; question: number; prompt: string; password: boolean }
  /** Code for the next cell, or in place of this one. */
  | { type: 'suggested'; code: string; replace: boolean }
  /** It comes from the session or from a child, and is for the front end's end of a comm. */
  | { type: 'comm'; event: CommEvent }
  /** What a front end said on a comm has been dealt with. */
  | { type: 'heard' }
  | { type: 'seen'; keys: readonly string[] }
  /**
   * Background work of the cell failed and it was not caught. This is not the outcome: the cell may have
   * ended, or still run.
   */
  | ({ type: 'failed' } & ShownError)
  /** An interrupt was heard; its end is the cells' outcomes. */
  | { type: 'interrupting' }
  /** The session's second thread answers a `check`. */
  | { type: 'listening' }
  /** A sentence for the kernel's log, such as of a fault that the session could get over. */
  | { type: 'noted'; sentence: string }
  /** The session cannot go on, for the reason that this sentence tells: it is for the kernel to end it. */
  | { type: 'gaveUp'; reason: string }
  /** The student called `process.exit(exitcode)`; the process ends right after this. */
  | { type: 'exited'; exitcode: number };
