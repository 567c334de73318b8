// What a front end looks at: frames, scopes, variables and what it evaluates among them, each by a number
// that holds until the process goes on.

import type { Debugger, Runtime } from 'node:inspector';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AsyncCells } from '../../conversations/cells';
import type { DebuggedThread } from './debugged-thread';
import { DebuggerError } from './debugger-error';
import { Evaluation } from './evaluation';
import { notebookScope, propertiesOf, scopesOf } from './frame-scopes';
import { Handles } from './handles';
import type { Shown } from './shown';
import type { Frame } from './stop';
import { Variables } from './variables';

interface ShownFrame {
  readonly owner: DebuggedThread;
  frame: Frame;
}

export class View {
  readonly evaluation: Evaluation;
  readonly #frames = new Handles<ShownFrame>();
  readonly #shown = new Handles<Shown>();
  readonly variables: Variables;

  constructor(cells: AsyncCells) {
    this.evaluation = new Evaluation(cells);
    this.variables = new Variables(this.#shown, (name) => cells.typeOf(name));
  }

  /** It goes on: what was shown of it is not so any more. */
  release(thread: DebuggedThread): void {
    this.#frames.release(thread);
    this.#shown.release(thread);
  }

  stackTrace(thread: DebuggedThread, start = 0, levels = 0): DebugProtocol.StackTraceResponse['body'] {
    const frames = thread.stop?.frames ?? [];
    const wanted = frames.slice(start, levels > 0 ? start + levels : undefined);
    return {
      totalFrames: frames.length,
      stackFrames: wanted.map((frame) => {
        const { path, name, line, column } = frame.at;
        const source = { name, path, ...(!frame.call && { presentationHint: 'deemphasize' as const }) };
        return { id: this.#frames.add({ owner: thread, frame }), name: frame.name, source, line, column };
      }),
    };
  }

  async scopes(frameId: number): Promise<DebugProtocol.Scope[]> {
    const { owner, frame } = this.#frame(frameId);
    if (!frame.call) return [];
    const scopes = await scopesOf(owner, frame.call);
    return scopes.map(({ name, ...scope }) => ({
      name,
      variablesReference: this.#shown.add({ owner, ...scope }),
      expensive: false,
      ...(name === 'Locals' && { presentationHint: 'locals' }),
    }));
  }

  list(reference: number, start?: number, count?: number): Promise<DebugProtocol.Variable[]> {
    return this.variables.list(this.#held(reference), start, count);
  }

  async notebookVariables(session: DebuggedThread): Promise<DebugProtocol.Variable[]> {
    return this.variables.list({ owner: session, ...(await notebookScope(session)) });
  }

  async evaluate(session: DebuggedThread, { expression, frameId, context }: DebugProtocol.EvaluateArguments) {
    const { owner, call } = this.#place(session, frameId);
    const result = await this.evaluation.evaluate(owner, expression, { call, pure: context === 'hover' });
    const {
      value,
      type = '',
      variablesReference,
      indexedVariables,
    } = this.variables.variable(owner, '', result);
    return {
      result: value,
      variablesReference,
      ...(type !== '' && { type }),
      ...(indexedVariables !== undefined && { indexedVariables }),
    };
  }

  /** Returns a variable in a frame, or in the notebook. Undefined if there is no such variable. */
  async remote(session: DebuggedThread, name: string, frameId: number | undefined) {
    const { owner, call } = this.#place(session, frameId);
    const remote = await this.evaluation.evaluate(owner, name, { call }).catch(() => undefined);
    return remote && { owner, remote };
  }

  async setVariable({ variablesReference, name, value }: DebugProtocol.SetVariableArguments) {
    const shown = this.#held(variablesReference);
    const { owner } = shown;
    const call = shown.kind === 'scope' && shown.call ? shown.call : owner.stop?.frames[0]?.call;
    const result = await this.evaluation.evaluate(owner, value, { call });
    if (shown.kind === 'scope') await this.#setInScope(shown, name, result);
    else if (shown.kind === 'object') await setProperty(owner, shown.objectId, name, result);
    else throw new DebuggerError(`${name} cannot be changed here.`);
    const set = this.variables.variable(owner, name, result);
    return {
      value: set.value,
      variablesReference: set.variablesReference,
      ...(set.type !== undefined && { type: set.type }),
    };
  }

  async copyToNotebook(session: DebuggedThread, name: string, value: Runtime.RemoteObject): Promise<void> {
    const [part] = (await notebookScope(session)).parts;
    if (part) await setProperty(session, part.objectId, name, value);
  }

  async #setInScope(
    { owner, parts, call }: Extract<Shown, { kind: 'scope' }>,
    variableName: string,
    value: Runtime.RemoteObject,
  ): Promise<void> {
    for (const { objectId, scopeNumber } of parts) {
      const result = await propertiesOf(owner, objectId);
      if (!result.some(({ name }) => name === variableName)) continue;
      if (call && scopeNumber !== undefined) {
        const newValue = argumentOf(value);
        await owner.connection.post('Debugger.setVariableValue', {
          callFrameId: call.callFrameId,
          scopeNumber,
          variableName,
          newValue,
        });
      } else await setProperty(owner, objectId, variableName, value);
      return;
    }
    throw new DebuggerError(`There is no variable ${variableName} here.`);
  }

  #place(
    session: DebuggedThread,
    frameId: number | undefined,
  ): { owner: DebuggedThread; call?: Debugger.CallFrame } {
    if (frameId === undefined) return { owner: session };
    const { owner, frame } = this.#frame(frameId);
    return { owner, call: owner.frameCall(frame) };
  }

  #frame(id: number): ShownFrame {
    const shown = this.#frames.get(id);
    if (!shown) throw new DebuggerError('This frame is no more: the process has gone on since.');
    return shown;
  }

  #held(reference: number): Shown {
    const shown = this.#shown.get(reference);
    if (!shown) throw new DebuggerError('This value is no more: the process has gone on since.');
    return shown;
  }
}

async function setProperty(
  owner: DebuggedThread,
  objectId: string,
  name: string,
  value: Runtime.RemoteObject,
) {
  const answer = await owner.connection.post('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: 'function (name, value) { this[name] = value; }',
    arguments: [{ value: name }, argumentOf(value)],
  });
  if (answer.exceptionDetails) throw new DebuggerError(`${name} cannot be changed.`);
}

function argumentOf({ objectId, unserializableValue, value }: Runtime.RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}
