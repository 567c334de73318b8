// The debugger as front ends see it: answers the requests of the Debug Adapter Protocol and tells its events.
// Processes are connected from the first request that needs them until the client leaves.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CellProgram } from '../../conversations/cell-program';
import { capabilities } from './capabilities';
import { DebuggerError } from './debugger-error';
import type { DebuggerParts } from './debugger-parts';
import { describeValue } from './describe-value';
import { type ExceptionKind, exceptionFilters } from './exceptions';
import { Inspection } from './inspection';
import type { DebugHandlers, DebugInfo } from './requests';
import { richBundle } from './rich-bundle';
import type { Stop } from './stop';
import type { Command } from './thread-state';
import { View } from './view';

export class Debugger {
  readonly #parts: DebuggerParts;
  readonly #view: View;
  readonly #inspection: Inspection;
  readonly handlers: DebugHandlers;
  /** Whether a client has begun and not left. */
  #started = false;

  constructor(parts: DebuggerParts) {
    this.#parts = parts;
    this.#view = new View(parts.cells);
    this.#inspection = new Inspection(this.#view, parts);
    this.handlers = {
      ...this.#life(),
      ...this.#stopping(),
      ...this.#stack(),
      ...this.#sources(),
      ...this.#notebook(),
    };
  }

  /** Is called before a cell runs: its breakpoints find their places in it. */
  async beforeCell(program: CellProgram): Promise<void> {
    if (this.#inspection.isAttached) await this.#inspection.addCell(program);
  }

  get isSessionStopped(): boolean {
    return this.#inspection.threads.session?.stop !== undefined;
  }

  /** Ends the cell that is stopped, where it stands. */
  endStopped(): Promise<void> {
    return this.#inspection.endStopped();
  }

  sessionEnded(): void {
    this.#inspection.sessionEnded();
  }

  close(): Promise<void> {
    return this.#inspection.close();
  }

  /** That a client comes, and leaves. */
  #life() {
    return {
      initialize: async ({ clientID }) => {
        this.#started = true;
        this.#view.variables.hidesPrimitiveTypes = clientID === 'jupyterlab';
        return capabilities;
      },
      attach: async () => {
        await this.#inspection.attach();
        this.#parts.tell('initialized', {});
        return undefined;
      },
      configurationDone: async () => undefined,
      disconnect: async () => {
        this.#started = false;
        await this.#inspection.leave();
        this.#parts.tell('terminated', {});
        return undefined;
      },
      debugInfo: async (): Promise<DebugInfo> => {
        const { threads, breakpoints, files } = this.#inspection;
        return {
          isStarted: this.#started,
          ...files.naming,
          breakpoints: breakpoints.all,
          stoppedThreads: threads.stopped.map(({ id }) => id),
          richRendering: true,
          exceptionPaths: [],
          copyToGlobals: true,
        };
      },
    } satisfies Partial<DebugHandlers>;
  }

  /** Where to stop, and how to go on. */
  #stopping() {
    const inspection = this.#inspection;
    const { threads, breakpoints } = inspection;
    const step = (command: Command) => async (given: { threadId: number }) => {
      threads.stoppedWithId(given.threadId).ask(command);
      return undefined;
    };
    return {
      setBreakpoints: async ({ source, breakpoints: wanted = [] }) => ({
        breakpoints: await breakpoints.set(pathOf(source.path), wanted),
      }),
      setExceptionBreakpoints: async ({ filters }) => {
        const known = exceptionFilters.map(({ filter }) => filter as string);
        const unknown = filters.find((filter) => !known.includes(filter));
        if (unknown !== undefined)
          throw new DebuggerError(`There is no exception filter ${unknown}: use ${known.join(' or ')}.`);
        await inspection.stopAt(new Set(filters as ExceptionKind[]));
        return undefined;
      },
      continue: async ({ threadId }) => {
        threads.stoppedWithId(threadId).ask('continue');
        return { allThreadsContinued: false };
      },
      next: step('next'),
      stepIn: step('stepIn'),
      stepOut: step('stepOut'),
      pause: async ({ threadId }) => {
        threads.withId(threadId).ask('pause');
        return undefined;
      },
      exceptionInfo: async ({ threadId }) => exceptionInfo(threads.stoppedWithId(threadId).stop),
    } satisfies Partial<DebugHandlers>;
  }

  /** What stands on the stack of a process that has stopped. */
  #stack() {
    const view = this.#view;
    const { threads } = this.#inspection;
    return {
      threads: async () => ({ threads: threads.all.map(({ id, name }) => ({ id, name })) }),
      stackTrace: async ({ threadId, startFrame, levels }) =>
        view.stackTrace(threads.withId(threadId), startFrame, levels),
      scopes: async ({ frameId }) => ({ scopes: await view.scopes(frameId) }),
      variables: async ({ variablesReference, start, count }) => ({
        variables: await view.list(variablesReference, start, count),
      }),
      setVariable: async (given) => view.setVariable(given),
      evaluate: async (given) => view.evaluate(await this.#inspection.session(), given),
    } satisfies Partial<DebugHandlers>;
  }

  #sources() {
    const { threads, files } = this.#inspection;
    return {
      source: async ({ source }) => {
        const path = pathOf(source?.path);
        const isModule = threads.all.some(({ scripts }) => scripts.files.some(({ file }) => file === path));
        const content = files.textOf(path) ?? (isModule ? await readFile(path, 'utf8') : undefined);
        if (content === undefined) throw new DebuggerError(`The text of ${path} is not known.`);
        return { content, mimeType: 'text/typescript' };
      },
      modules: async () => {
        const paths = new Set(threads.all.flatMap(({ scripts }) => scripts.files.map(({ file }) => file)));
        const modules = [...paths].map((path) => ({ id: path, name: basename(path), path }));
        return { modules, totalModules: modules.length };
      },
      dumpCell: async ({ code }) => ({ sourcePath: files.dump(String(code)) }),
    } satisfies Partial<DebugHandlers>;
  }

  /** Jupyter's own: the variables of the notebook, whether something has stopped or not. */
  #notebook() {
    const view = this.#view;
    return {
      inspectVariables: async () => ({
        variables: await view.notebookVariables(await this.#inspection.session()),
      }),
      richInspectVariables: async ({ variableName, frameId }) => {
        const found = await view.remote(await this.#inspection.session(), variableName, frameId);
        return { data: found ? await richBundle(found.owner, found.remote) : {}, metadata: {} };
      },
      copyToGlobals: async ({ srcVariableName, dstVariableName, srcFrameId }) => {
        const session = await this.#inspection.session();
        const found = await view.remote(session, srcVariableName, srcFrameId);
        if (found?.owner !== session)
          throw new DebuggerError(`${srcVariableName} is no variable of the notebook's own process.`);
        if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(dstVariableName))
          throw new DebuggerError(`${dstVariableName} is no name for a variable.`);
        await view.copyToNotebook(session, dstVariableName, found.remote);
        await this.#parts.cells.declare(dstVariableName);
        return view.variables.variable(session, dstVariableName, found.remote);
      },
    } satisfies Partial<DebugHandlers>;
  }
}

function pathOf(path: string | undefined): string {
  if (path === undefined) throw new DebuggerError('A source is named by its path.');
  return path;
}

function exceptionInfo(stop: Stop | undefined) {
  if (!stop?.exception) throw new DebuggerError('It has not stopped at an exception.');
  const { thrown, kind } = stop.exception;
  const { value } = describeValue(thrown);
  return {
    exceptionId: thrown.className ?? thrown.type,
    description: value,
    breakMode: kind === 'caught' ? ('always' as const) : ('unhandled' as const),
    details: { message: value, stackTrace: thrown.description ?? value },
  };
}
