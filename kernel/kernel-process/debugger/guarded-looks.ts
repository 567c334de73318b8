// V8 describes a value itself, and for two kinds of objects runs the student's code for it: an error with
// getters of hers, and an object with a Proxy among its prototypes. That could not be ended, so something
// else is shown in their place. And what is run because a person asked for it ends after a time.

import type { Runtime } from 'node:inspector';
import type { DebuggedThread } from './debugged-thread';

/** A getter, or a value that shows itself, is ended after this long, for nothing else goes on meanwhile. */
export const LOOK_MS = 3_000;

/** It stands in the place of a value that cannot be looked at. */
export const NOT_SHOWN = '(not shown: to look at it would run its code)';

const MOST_ITEMS = 100;

/**
 * Returns undefined if all values of the object are harmless; otherwise a copy of it without those that are
 * not.
 */
const WITHOUT_HARM = `function () {
  const { isProxy, isNativeError, isMap, isSet } = globalThis.process.getBuiltinModule('util').types;
  const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const isOwnGetter = (get) => get && !/\\{ \\[native code\\] \\}$/.test(Function.prototype.toString.call(get));
  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const valuesOf = (object) => {
    if (isMap(object)) return [...Map.prototype.entries.call(object)].slice(0, ${MOST_ITEMS}).flat();
    if (isSet(object)) return [...Set.prototype.values.call(object)].slice(0, ${MOST_ITEMS});
    const isLong = ArrayBuffer.isView(object) || (Array.isArray(object) && object.length > ${MOST_ITEMS});
    const keys = isLong ? Array.from({ length: ${MOST_ITEMS} }, (_, at) => at) : ownKeys(object).slice(0, ${MOST_ITEMS});
    return keys.map((key) => getOwnPropertyDescriptor(object, key)?.value);
  };
  const isHarmless = (value, depth) => {
    // V8 asks no Proxy itself.
    if (!isObject(value) || isProxy(value)) return true;
    const keys = isNativeError(value) ? ['message', 'name', 'stack', 'cause'] : [];
    for (let each = value; each; each = getPrototypeOf(each)) {
      if (isProxy(each)) return false;
      if (keys.some((key) => isOwnGetter(getOwnPropertyDescriptor(each, key)?.get))) return false;
    }
    return depth === 0 || valuesOf(value).every((inner) => isHarmless(inner, depth - 1));
  };
  let copy;
  for (const key of isProxy(this) ? [] : ownKeys(this)) {
    const property = getOwnPropertyDescriptor(this, key);
    if (!property || isHarmless(property.value, 2)) continue;
    copy ??= Object.create(null, Object.getOwnPropertyDescriptors(this));
    Object.defineProperty(copy, key, { ...property, configurable: true, value: Symbol(${JSON.stringify(NOT_SHOWN)}) });
  }
  return copy;
}`;

/**
 * Does what `Runtime.getProperties` does for the own ones with a preview, and runs nothing of the student's
 * code.
 */
export async function ownProperties(owner: DebuggedThread, objectId: string): Promise<OwnProperties> {
  const { result } = await owner.connection.post('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: WITHOUT_HARM,
  });
  return owner.connection.post('Runtime.getProperties', {
    objectId: result.type === 'object' && result.objectId !== undefined ? result.objectId : objectId,
    ownProperties: true,
    generatePreview: true,
  });
}

type OwnProperties = Runtime.GetPropertiesReturnType & {
  privateProperties?: Runtime.PropertyDescriptor[];
};

/** What is in an array of one. */
export async function unboxed(owner: DebuggedThread, { objectId }: Runtime.RemoteObject) {
  const { result } = await ownProperties(owner, objectId ?? '');
  return result.find(({ name }) => name === '0')?.value ?? ({ type: 'undefined' } as const);
}

/** JavaScript of a function that does what `body` says, with `this` and what is `given`, and ends in time. */
export function endedInTime(body: string): string {
  const key = `globalThis.Symbol.for('parlab.session.look')`;
  return `function (...given) {
    const { process } = globalThis;
    const look = (function (...given) { ${body} }).bind(this, ...given);
    Object.defineProperty(process, ${key}, { value: look, configurable: true });
    try {
      const { runInThisContext } = process.getBuiltinModule('vm');
      return runInThisContext("globalThis.process[${key}]()", { timeout: ${LOOK_MS}, displayErrors: false });
    } finally {
      delete process[${key}];
    }
  }`;
}
