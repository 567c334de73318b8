// Lists of variables as a front end is shown them: large ones in ranges, nothing of the student's code run by
// looking.

import type { Runtime } from 'node:inspector';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebuggedThread } from './debugged-thread';
import { describeValue } from './describe-value';
import { endedInTime, ownProperties, unboxed } from './guarded-looks';
import type { Handles } from './handles';
import type { Items, Shown, ShownScope } from './shown';
import { thrownText } from './thrown-text';

type TypeOf = (name: string) => string | undefined | Promise<string | undefined>;

/** How many items are shown at once; of more, so many ranges of them, and so on. */
const RANGE = 100;
const MAX_PROPERTIES = 1000;

export class Variables {
  readonly handles: Handles<Shown>;
  readonly #typeOf: TypeOf;
  /**
   * JupyterLab shows the type of a variable in place of its value, if it is told one: of primitives it had
   * better not be.
   */
  hidesPrimitiveTypes = false;

  constructor(handles: Handles<Shown>, typeOf: TypeOf) {
    this.handles = handles;
    this.#typeOf = typeOf;
  }

  /** `start` and `count`: of the items alone, for front ends that read them in pieces. */
  async list(shown: Shown, start = 0, count = 0): Promise<DebugProtocol.Variable[]> {
    switch (shown.kind) {
      case 'scope':
        return this.#scope(shown, shown.owner);
      case 'getter':
        return this.#getter(shown);
      case 'range':
        return this.#range(shown);
      case 'object': {
        const { owner, objectId, items } = shown;
        if (!items) return this.#properties(owner, objectId);
        if (count > 0) return this.#items(owner, objectId, items, start, count);
        return this.#range({ owner, objectId, items, from: 0, count: items.length });
      }
      default:
        return shown satisfies never;
    }
  }

  variable(
    owner: DebuggedThread,
    name: string,
    remote: Runtime.RemoteObject,
    type?: string,
  ): DebugProtocol.Variable {
    const { value, type: known, isPrimitive } = describeValue(remote);
    const items = itemsOf(remote);
    const { objectId } = remote;
    const reference =
      isPrimitive || objectId === undefined
        ? 0
        : this.handles.add({ owner, kind: 'object', objectId, ...(items && { items }) });
    return {
      name,
      value,
      ...(!(isPrimitive && this.hidesPrimitiveTypes) && { type: type ?? known }),
      evaluateName: name,
      variablesReference: reference,
      ...(items && { indexedVariables: items.length }),
    };
  }

  async #scope({ parts, hidden, extra, isNotebook }: ShownScope, owner: DebuggedThread) {
    const listed = new Map<string, DebugProtocol.Variable>();
    for (const { name, value } of extra) listed.set(name, this.variable(owner, name, value));
    for (const { objectId } of parts) {
      for (const property of await this.#own(owner, objectId)) {
        // An inner variable hides the outer one of its name.
        if (hidden.has(property.name) || listed.has(property.name)) continue;
        const type = isNotebook ? await this.#typeOf(property.name) : undefined;
        listed.set(property.name, this.#property(owner, objectId, property, type));
      }
    }
    return [...listed.values()];
  }

  async #properties(owner: DebuggedThread, objectId: string): Promise<DebugProtocol.Variable[]> {
    const answer = await ownProperties(owner, objectId);
    const privates = answer.privateProperties ?? [];
    const own = answer.result.filter(({ name }) => name !== '__proto__');
    const shown = [...own.slice(0, MAX_PROPERTIES), ...privates].map((each) =>
      this.#property(owner, objectId, each),
    );
    if (own.length > MAX_PROPERTIES) shown.push(remark(`… ${own.length - MAX_PROPERTIES} more`));
    for (const { name, value } of answer.internalProperties ?? []) {
      if (value && INTERNALS.has(name)) shown.push(this.variable(owner, name, value));
    }
    return shown;
  }

  #property(owner: DebuggedThread, objectId: string, property: Runtime.PropertyDescriptor, type?: string) {
    const { name, value, get } = property;
    if (value) return this.variable(owner, name, value, type);
    if (get?.type !== 'function') return remark(name, get ? '(setter)' : 'not initialised yet');
    const reference = this.handles.add({ owner, kind: 'getter', objectId, name });
    return { ...remark(name, '(getter)'), variablesReference: reference, presentationHint: { lazy: true } };
  }

  async #getter({
    owner,
    objectId,
    name,
  }: Extract<Shown, { kind: 'getter' }>): Promise<DebugProtocol.Variable[]> {
    const { result, exceptionDetails } = await owner.connection.post('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: endedInTime('return [this[given[0]]];'),
      arguments: [{ value: name }],
    });
    if (exceptionDetails) return [remark(name, `(threw ${thrownText(exceptionDetails)})`)];
    return [this.variable(owner, name, await unboxed(owner, result))];
  }

  async #range({ owner, objectId, items, from, count }: Omit<Extract<Shown, { kind: 'range' }>, 'kind'>) {
    if (count <= RANGE) return this.#items(owner, objectId, items, from, count);
    const size = RANGE ** Math.ceil(Math.log(count) / Math.log(RANGE) - 1);
    const ranges: DebugProtocol.Variable[] = [];
    for (let at = from; at < from + count; at += size) {
      const length = Math.min(size, from + count - at);
      const reference = this.handles.add({ owner, kind: 'range', objectId, items, from: at, count: length });
      ranges.push({ ...remark(`[${at} … ${at + length - 1}]`), variablesReference: reference });
    }
    return ranges;
  }

  async #items(owner: DebuggedThread, objectId: string, { kind }: Items, from: number, count: number) {
    const { result } = await owner.connection.post('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: READ[kind],
      arguments: [{ value: from }, { value: count }],
    });
    const properties = result.objectId === undefined ? [] : await this.#own(owner, result.objectId);
    return properties.map(({ name, value }) => {
      const label = kind === 'map' ? name : String(from + Number(name));
      return value ? this.variable(owner, label, value) : remark(label, 'empty');
    });
  }

  async #own(owner: DebuggedThread, objectId: string): Promise<Runtime.PropertyDescriptor[]> {
    const { result } = await ownProperties(owner, objectId);
    return result.filter(({ name, enumerable }) => enumerable && name !== '__proto__');
  }
}

/** What V8 knows beside the properties, and a person wants to know. */
const INTERNALS = new Set(['[[PromiseState]]', '[[PromiseResult]]', '[[TargetFunction]]', '[[Target]]']);

// They read by the language's own means: what the student may have put on a prototype is not called.
const READ: { readonly [kind in Items['kind']]: string } = {
  array: `function (from, count) {
    const read = { __proto__: null };
    for (let i = 0; i < count; i++) {
      const own = Object.getOwnPropertyDescriptor(this, from + i);
      if (own) Object.defineProperty(read, i, { ...own, enumerable: true });
    }
    return read;
  }`,
  map: `function (from, count) {
    const read = { __proto__: null };
    let at = -1;
    for (const [key, value] of Map.prototype.entries.call(this)) {
      if (++at < from) continue;
      if (at >= from + count) break;
      const isPlain = key === null || (typeof key !== 'object' && typeof key !== 'function');
      if (isPlain) read[typeof key === 'string' ? JSON.stringify(key) : String(key)] = value;
      else read['[entry ' + at + ']'] = { key, value };
    }
    return read;
  }`,
  set: `function (from, count) {
    const read = { __proto__: null };
    let at = -1;
    for (const value of Set.prototype.values.call(this)) {
      if (++at < from) continue;
      if (at >= from + count) break;
      read[at - from] = value;
    }
    return read;
  }`,
};

function itemsOf({ subtype, description = '' }: Runtime.RemoteObject): Items | undefined {
  const isList = subtype === 'array' || (subtype as string) === 'typedarray';
  const length = Number(/\((\d+)\)$/.exec(description)?.[1]);
  if (Number.isNaN(length)) return undefined;
  if (isList) return length > RANGE ? { kind: 'array', length } : undefined;
  return subtype === 'map' || subtype === 'set' ? { kind: subtype, length } : undefined;
}

function remark(name: string, value = ''): DebugProtocol.Variable {
  return { name, value, variablesReference: 0 };
}
