// What only a debugger can see: a function's closed-over variables and its place in the source, private
// fields, and what a bound function binds. One inspector session of our own, without enabling the debugger.

import type { HeapProfiler, Runtime } from 'node:inspector';
import { Session } from 'node:inspector';
import { ParallelError } from '../../errors';
import { mainGlobal } from '../realms';

export interface Scope {
  /** V8's words, such as 'Closure (makeCounter)' or 'Block'. */
  description: string;
  /** The variables themselves; reading one that is not initialised yet throws. */
  variables: Record<string, unknown>;
}

/** Returns what a variable of a scope holds; undefined while it is not initialised. */
export function readVariable(variables: Scope['variables'], name: string): unknown {
  try {
    return variables[name];
  } catch {
    return undefined;
  }
}

export interface Location {
  scriptId: string;
  line: number;
  column: number;
}

export interface FunctionInspection {
  location: Location | undefined;
  /** Innermost first, without the global scope. */
  scopes: Scope[];
}

interface RawScope {
  description: string;
  object: Scope['variables'];
}

interface BoundParts {
  target: unknown;
  thisValue: unknown;
  args: unknown[];
}

const GROUP = 'parlab-capture';

const locations = new WeakMap<object, Location>();

export function inspectFunction(inspected: (...args: never[]) => unknown): FunctionInspection {
  const location = locations.get(inspected);
  if (location === undefined) return inspectAnew(inspected);
  return {
    location,
    // Only where the function stands never changes; its scopes are asked for each time.
    get scopes() {
      return inspectAnew(inspected).scopes;
    },
  };
}

function inspectAnew(inspected: (...args: never[]) => unknown): FunctionInspection {
  return withRemote(inspected, (properties) => {
    const place = internal(properties, '[[FunctionLocation]]')?.value as
      | { scriptId: string; lineNumber: number; columnNumber: number }
      | undefined;
    const location = place && {
      scriptId: place.scriptId,
      line: place.lineNumber,
      column: place.columnNumber,
    };
    if (location !== undefined) locations.set(inspected, location);
    const list = internal(properties, '[[Scopes]]');
    // The list is an array without a prototype.
    const scopes = Array.from(list === undefined ? [] : (local(list) as ArrayLike<RawScope>));
    return {
      location,
      scopes: scopes
        .filter((scope) => scope.description !== 'Global')
        .map((scope) => ({ description: scope.description, variables: scope.object })),
    };
  });
}

/**
 * Private fields of an object (or static ones of a class), the root class's first. Two classes may use one
 * name.
 */
export function inspectPrivateFields(inspected: object): [name: string, value: unknown][] {
  return withRemote(inspected, (properties) =>
    (properties.privateProperties ?? []).flatMap((field) =>
      field.value === undefined ? [] : [[field.name, local(field.value)] as [string, unknown]],
    ),
  );
}

export function inspectBound(inspected: (...args: never[]) => unknown): BoundParts | undefined {
  return withRemote(inspected, (properties) => {
    const target = internal(properties, '[[TargetFunction]]');
    const thisValue = internal(properties, '[[BoundThis]]');
    const args = internal(properties, '[[BoundArgs]]');
    if (target === undefined || args === undefined) return undefined;
    return {
      target: local(target),
      thisValue: thisValue === undefined ? undefined : local(thisValue),
      args: Array.from(local(args) as ArrayLike<unknown>),
    };
  });
}

/** The object behind a Proxy. */
export function inspectProxy(inspected: object): unknown {
  return withRemote(inspected, (properties) => {
    const target = internal(properties, '[[Target]]');
    return target && local(target);
  });
}

/** What V8 calls an object in its heap snapshots. 0 for one that came after the last of them. */
export function heapObjectId(inspected: object): number {
  return withHandle(inspected, (session, objectId) => {
    const answer = post<HeapProfiler.GetHeapObjectIdReturnType>(session, 'HeapProfiler.getHeapObjectId', {
      objectId,
    });
    return Number(answer.heapSnapshotObjectId);
  });
}

/** V8 looks through the whole heap for it. Undefined when it is no object of JavaScript. */
export function objectByHeapId(id: number): unknown {
  const session = inspectorSession();
  try {
    const { result } = post<HeapProfiler.GetObjectByHeapObjectIdReturnType>(
      session,
      'HeapProfiler.getObjectByHeapObjectId',
      { objectId: String(id), objectGroup: GROUP },
    );
    return result.objectId === undefined ? primitive(result) : ofItsRealm(session, result.objectId);
  } catch {
    return undefined;
  } finally {
    if (messenger !== undefined) messenger.box.value = undefined;
    post(session, 'Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }
}

interface Properties {
  internalProperties?: Runtime.InternalPropertyDescriptor[] | undefined;
  privateProperties?: { name: string; value?: Runtime.RemoteObject }[] | undefined;
}

function internal(properties: Properties, name: string): Runtime.RemoteObject | undefined {
  return properties.internalProperties?.find((property) => property.name === name)?.value;
}

/** The messenger: an object that our JavaScript and the inspector both hold, through which values pass. */
interface Messenger {
  session: Session;
  box: { value: unknown };
  boxId: string;
}
let messenger: Messenger | undefined;

function openMessenger(): Messenger {
  const session = new Session();
  try {
    session.connect();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ACCESS_DENIED') throw error;
    const reason = 'the permission model of Node allows nobody to read what a function closes over';
    throw new ParallelError(
      'no-permission',
      `Nothing can be started: ${reason}. Start node without --permission.`,
    );
  }
  const box: { value: unknown } = { value: undefined };
  return named(box, (expression) => {
    const found = post<Runtime.EvaluateReturnType>(session, 'Runtime.evaluate', { expression });
    return { session, box, boxId: found.result.objectId as string };
  });
}

const BOX = '__parlabCaptureBox';

/** The inspector looks in the main realm, and a test runner may have loaded us in another. */
function named<Result>(box: object, use: (expression: string) => Result): Result {
  const realms = new Set([mainGlobal, globalThis]);
  for (const realm of realms) Object.defineProperty(realm, BOX, { value: box, configurable: true });
  try {
    return use(`globalThis.${BOX}`);
  } finally {
    for (const realm of realms) Reflect.deleteProperty(realm, BOX);
  }
}

/** What is found in the heap belongs to the realm that made it, where our box is known by its name only. */
function ofItsRealm(session: Session, objectId: string): unknown {
  const { box } = messenger as Messenger;
  return named(box, (expression) => {
    const functionDeclaration = `function () { ${expression}.value = this; }`;
    post(session, 'Runtime.callFunctionOn', { objectId, functionDeclaration });
    return box.value;
  });
}

export function inspectorSession(): Session {
  messenger ??= openMessenger();
  return messenger.session;
}

export function post<Answer>(session: Session, method: string, params: object): Answer {
  let answer: Answer | undefined;
  let failure: Error | null = null;
  // In a session with its own thread the answer comes before post returns.
  session.post(method, params, (error, result) => {
    failure = error;
    answer = result as Answer;
  });
  if (failure !== null) throw failure;
  return answer as Answer;
}

function withHandle<Result>(inspected: unknown, use: (session: Session, objectId: string) => Result): Result {
  messenger ??= openMessenger();
  const { session, box, boxId } = messenger;
  box.value = inspected;
  try {
    const { result } = post<Runtime.CallFunctionOnReturnType>(session, 'Runtime.callFunctionOn', {
      objectId: boxId,
      functionDeclaration: 'function () { return this.value; }',
      objectGroup: GROUP,
    });
    return use(session, result.objectId as string);
  } finally {
    box.value = undefined;
    post(session, 'Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }
}

function withRemote<Result>(inspected: unknown, read: (properties: Properties) => Result): Result {
  return withHandle(inspected, (session, objectId) =>
    read(post<Properties>(session, 'Runtime.getProperties', { objectId, ownProperties: true })),
  );
}

/** The value itself behind the inspector's description of it. */
function local(remote: Runtime.RemoteObject): unknown {
  if (remote.objectId === undefined) return primitive(remote);
  const { session, box, boxId } = messenger as Messenger;
  post(session, 'Runtime.callFunctionOn', {
    objectId: remote.objectId,
    functionDeclaration: 'function (box) { box.value = this; }',
    arguments: [{ objectId: boxId }],
  });
  return box.value;
}

function primitive(remote: Runtime.RemoteObject): unknown {
  const text = remote.unserializableValue;
  if (text === undefined) return remote.value;
  return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
}
