// Evaluating what a person wrote, in her names: in a frame where a process has stopped, or among the
// notebook's variables.

import type { Debugger, Runtime } from 'node:inspector';
import { parseExpressionAt } from 'acorn';
import type { AsyncCells } from '../../conversations/cells';
import { ACCESS, named } from '../../conversations/debugger-expressions';
import type { DebuggedThread } from './debugged-thread';
import { DebuggerError } from './debugger-error';
import { unboxed } from './guarded-looks';
import { thrownText } from './thrown-text';

/** An expression that loops is ended after this long, for nothing else goes on meanwhile. */
const TIMEOUT_MS = 10_000;

const PLAIN_NAME = /^\s*[\p{ID_Start}$_][\p{ID_Continue}$]*\s*$/u;

interface EvaluateOptions {
  call?: Debugger.CallFrame | undefined;
  /** Refuse what would change something. */
  pure?: boolean;
}

export class Evaluation {
  readonly #cells: AsyncCells;

  constructor(cells: AsyncCells) {
    this.#cells = cells;
  }

  async evaluate(
    thread: DebuggedThread,
    expression: string,
    { call, pure = false }: EvaluateOptions = {},
  ): Promise<Runtime.RemoteObject> {
    const hidden = call ? await visibleNames(thread, call.location) : new Set<string>();
    if (pure && !call && !PLAIN_NAME.test(expression)) {
      throw new DebuggerError(
        'While nothing is stopped, only a name can be looked at without changing something.',
      );
    }
    const linked = await this.#cells.expression(expression, hidden);
    const boxed = inBox(linked);
    // V8 takes the way to the session's variables for a change; a frame of a cell has them at hand.
    const javascript = pure && call ? (boxed ?? linked) : within(thread, boxed ?? linked);
    const asked = {
      expression: named(javascript),
      generatePreview: boxed === undefined,
      throwOnSideEffect: pure && call !== undefined,
      timeout: TIMEOUT_MS,
    };
    const answer = call
      ? await thread.connection.post('Debugger.evaluateOnCallFrame', {
          ...asked,
          callFrameId: call.callFrameId,
        })
      : await thread.connection.post('Runtime.evaluate', asked);
    if (answer.exceptionDetails) throw new DebuggerError(thrownText(answer.exceptionDetails));
    return boxed === undefined ? answer.result : unboxed(thread, answer.result);
  }

  async javascript(thread: DebuggedThread, expression: string, hidden: ReadonlySet<string>): Promise<string> {
    return within(thread, await this.#cells.expression(expression, hidden));
  }
}

/** Puts an expression into a box, so that V8 does not look at what it comes to; undefined for statements. */
function inBox(code: string): string | undefined {
  const [strict = ''] = /^(?:\s*"use strict";)*/.exec(code) ?? [];
  const expression = code.slice(strict.length).trim().replace(/;$/, '');
  try {
    const { end } = parseExpressionAt(`(${expression}\n)`, 0, {
      ecmaVersion: 'latest',
      preserveParens: true,
    });
    return end === expression.length + 3 ? `${strict}[(${expression}\n)]` : undefined;
  } catch {
    return undefined;
  }
}

/** A cell's function has `exports` at hand only if it uses it; a child has no other. */
function within(thread: DebuggedThread, linked: string): string {
  return thread.isSession ? `{ const exports = ${ACCESS}.notebook; ${linked}\n}` : linked;
}

async function visibleNames(thread: DebuggedThread, location: Debugger.Location): Promise<Set<string>> {
  const { lineNumber, columnNumber = 0 } = location;
  const syntax = await thread.scripts.syntaxOf(location);
  return syntax?.namesVisibleAt({ lineNumber, columnNumber }) ?? new Set();
}
