// The scopes of a frame, as a person thinks of them: what is local, what the function closes over, and the
// notebook's variables.

import type { Debugger, Runtime } from 'node:inspector';
import { ACCESS, named } from '../../conversations/debugger-expressions';
import { globalNames } from '../../conversations/notebook-globals';
import type { DebuggedThread } from './debugged-thread';
import type { ScopePart, ShownScope } from './shown';

type NamedScope = { name: 'Locals' | 'Closure' | 'Globals' } & ShownScope;

/** What a cell's function gets from the session. */
const OF_THE_CELL = new Set([
  'exports',
  'require',
  '__import',
  '__interruptible',
  '__interruptibleIterable',
  '__importMeta',
  '__liveImport',
  '__module',
]);
const OF_THE_NOTEBOOK = new Set<string>([...globalNames, '__result']);

export async function scopesOf(thread: DebuggedThread, call: Debugger.CallFrame): Promise<NamedScope[]> {
  const { local, closure } = partsOf(call);
  const extra = [
    ...(call.this.type === 'undefined' ? [] : [{ name: 'this', value: call.this }]),
    ...(call.returnValue ? [{ name: 'return value', value: call.returnValue }] : []),
  ];
  const ofFrame = { kind: 'scope', hidden: OF_THE_CELL, call, isNotebook: false } as const;
  const scopes: NamedScope[] = [{ name: 'Locals', parts: local, extra, ...ofFrame }];
  if (await hasVariables(thread, closure))
    scopes.push({ name: 'Closure', parts: closure, extra: [], ...ofFrame });
  const globals = thread.isSession
    ? await notebookScope(thread)
    : await capturedNotebook(thread, [...local, ...closure]);
  if (globals) scopes.push({ name: 'Globals', ...globals });
  return scopes;
}

export async function notebookScope(session: DebuggedThread): Promise<ShownScope> {
  const { result } = await session.connection.post('Runtime.evaluate', {
    expression: named(`${ACCESS}.notebook`),
  });
  return notebookOf(result.objectId);
}

function partsOf({ scopeChain }: Debugger.CallFrame): { local: ScopePart[]; closure: ScopePart[] } {
  const parts = scopeChain.map(({ type, object }, scopeNumber) => ({
    type,
    objectId: object.objectId,
    scopeNumber,
  }));
  const lastLocal = parts.findIndex(({ type }) => type === 'local');
  const firstOuter =
    lastLocal >= 0 ? lastLocal + 1 : parts.findIndex(({ type }) => type === 'closure' || type === 'global');
  const known = (from: number, to: number): ScopePart[] =>
    parts
      .slice(from, to)
      .flatMap(({ type, objectId, scopeNumber }) =>
        objectId === undefined || type === 'global' || type === 'script' ? [] : [{ objectId, scopeNumber }],
      );
  return { local: known(0, firstOuter), closure: known(firstOuter, parts.length) };
}

/** The variables of one part of a scope. */
export async function propertiesOf(
  { connection }: DebuggedThread,
  objectId: string,
): Promise<Runtime.PropertyDescriptor[]> {
  return (await connection.post('Runtime.getProperties', { objectId, ownProperties: true })).result;
}

async function hasVariables(thread: DebuggedThread, parts: ScopePart[]): Promise<boolean> {
  for (const { objectId } of parts) {
    const result = await propertiesOf(thread, objectId);
    if (result.some(({ name }) => !OF_THE_CELL.has(name))) return true;
  }
  return false;
}

/** A child has of the notebook what its function uses. */
async function capturedNotebook(thread: DebuggedThread, parts: ScopePart[]): Promise<ShownScope | undefined> {
  for (const { objectId } of parts) {
    const result = await propertiesOf(thread, objectId);
    const captured = result.find(({ name }) => name === 'exports')?.value?.objectId;
    if (captured !== undefined) return notebookOf(captured);
  }
  return undefined;
}

function notebookOf(objectId: string | undefined): ShownScope {
  const parts = objectId === undefined ? [] : [{ objectId }];
  return { kind: 'scope', parts, hidden: OF_THE_NOTEBOOK, extra: [], isNotebook: true };
}
