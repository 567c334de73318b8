// Functions: source, place, and the variables around them.

import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeByName } from '../by-name';
import { type Code, type FunctionNode, isReference, type Node, type Value } from '../captured';
import { isObject } from '../is-object';
import { describeMembers } from '../members';
import { insideOf } from '../module-insides';
import { entryFile, esModuleOf } from '../modules';
import type { Path } from '../path';
import type { AnyFunction } from '../prototypes';
import { prototypeOf } from '../realms';
import { describeClass } from './classes';
import { type Edit, replaceInPlace } from './edits';
import {
  describeEnvironment,
  type FunctionCapture,
  fileOf,
  isRequire,
  type Surroundings,
} from './environment';
import { inspectBound, inspectFunction, type Location } from './inspection';
import { MARK } from './mark';
import { canLayOut } from './original-privates';
import { classOfPrivateNames, fieldOwner, type MemberPlace, memberPlace } from './owners';
import { declarerOf, restoredSourceOf, textOf, thisIn } from './restored-sources';
import { beginningOf, type Script, scriptOf } from './scripts';
import { readSource, type Source } from './source';
import type { AlikeScopes } from './variables';

export function describeFunction(value: AnyFunction, path: Path, around: Surroundings): Node {
  const named = describeByName(value);
  if (named !== undefined && !isLent(named, value)) return named;
  if (isRequire(value)) return { type: 'require', file: undefined };
  const text = textOf(value);
  if (text.endsWith('{ [native code] }')) return describeBound(value, path, around);
  const inspection = inspectFunction(value);
  const script = scriptOf(value);
  if (inspection.location === undefined || script === undefined || script.url.startsWith('node:')) {
    throw path.refuse(
      `it is the function ${nameOf(value) || '(anonymous)'} from the inside of Node`,
      'Import it inside the function that runs in the other process.',
    );
  }
  const place = esModuleOf(value, script);
  if (place !== undefined) return { type: 'module', id: place.id, names: place.names };
  const read = readSource(text, script.isModule);
  if (read?.freePrivateNames.size) {
    const place = memberPlace(value, path.holders());
    if (place !== undefined) return describeMember(place, path, around);
  }
  const source = movable(read, text, path);
  around.addScript(script);
  const code = codeOf(value, source, script, inspection.location);
  const inside = canBeOriginal(value, source) ? insideOf(value, script, inspection) : undefined;
  if (inside !== undefined) return { type: 'module-inside', ...inside };
  const capture: FunctionCapture = { value, source, inspection, script, path, around };
  if (source.form === 'class') return describeClass(code, capture);
  const edits: Edit[] = [];
  const node: FunctionNode = {
    type: 'function',
    ...code,
    ...describeFunctionMembers(value, path, around),
    isMethod: source.form === 'method',
    thisValue: undefined,
    homePrototype: undefined,
    privateOwner: undefined,
  };
  if (source.computedKey !== undefined) {
    edits.push(replaceInPlace(text, source.computedKey.start, source.computedKey.end, MARK));
  }
  describePlace(node, capture, describeEnvironment(node, capture, edits));
  return node;
}

/** Refuses a source that means nothing apart from the place where it stands. */
function movable(source: Source | undefined, text: string, path: Path): Source {
  if (source === undefined) {
    throw text.includes('new.target')
      ? path.refuse(
          'it uses `new.target` of the function around it, which cannot be read',
          'Write `const target = new.target;` before it, and use target.',
        )
      : path.refuse('its source cannot be read as a function by itself', 'Write it as a plain function.');
  }
  if (source.free.get('eval')?.some((use) => use.isCallee)) {
    throw path.refuse(
      'it calls eval, so nobody can say which variables it needs',
      'Write the code without eval.',
    );
  }
  return source;
}

/** What functions and classes have in common, before their variables are known. */
function codeOf(value: AnyFunction, source: Source, script: Script, location: Location): Code {
  const { text } = source;
  return {
    source: text,
    origin: restoredSourceOf(value)?.origin ?? { url: script.url, ...beginningOf(text, location, script) },
    strict: isStrict(value, source, script.isStrict),
    names: [],
    values: [],
    name: nameOf(value),
    imports: source.hasDynamicImport,
  };
}

/** Whether all that travels with a class can be done to one that is not made of its text. */
function canBeOriginal(value: AnyFunction, { classShape }: Source): boolean {
  if (classShape === undefined) return false;
  return classShape.privateNames.size === 0 || (!classShape.hasPrivateClosures && canLayOut(value));
}

function describeMember({ holder, key, part }: MemberPlace, path: Path, { graph }: Surroundings): Node {
  const reference = graph.referKey(key, path);
  return { type: 'member', owner: graph.refer(holder, path), key: reference, part };
}

/** Whether the main program or a cell put its own function into a module that it loaded. */
function isLent(named: Node, value: AnyFunction): boolean {
  if (named.type !== 'module' || !isAbsolute(named.id) || named.id.includes('/node_modules/')) return false;
  const script = scriptOf(value);
  const file = script && fileOf(script);
  return script !== undefined && (file === undefined || pathOf(file) === entryFile());
}

function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

/** Reads the name without asking the function, whose class may have a getter for it. */
function nameOf(value: AnyFunction): string | undefined {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' ? name : undefined;
}

function isStrict(value: AnyFunction, source: Source, scriptIsStrict: boolean): boolean {
  const isPlain = source.form === 'function' && prototypeOf(value) === Function.prototype;
  // Only plain functions that are not strict own this property.
  return isPlain ? !Object.hasOwn(value, 'caller') : scriptIsStrict;
}

const KINDS = new Set<unknown>(
  [() => {}, async () => {}, function* () {}, async function* () {}].map((kind) =>
    Object.getPrototypeOf(kind),
  ),
);
const OWN_KEYS = new Set<string | symbol>(['name', 'length', 'prototype', 'arguments', 'caller']);

function describeFunctionMembers(value: AnyFunction, path: Path, { graph }: Surroundings) {
  const prototype = prototypeOf(value);
  const instances: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  if (isExtended(instances)) graph.refer(instances, path.property('prototype', value));
  return describeMembers(value, path, graph, {
    usual: KINDS.has(prototype) ? prototype : Function.prototype,
    skip: (key) => OWN_KEYS.has(key),
  });
}

/** Whether methods were put on the prototype of a plain function, as before there were classes. */
function isExtended(prototype: unknown): prototype is object {
  if (typeof prototype !== 'object' || prototype === null || !Object.hasOwn(prototype, 'constructor'))
    return false;
  return Reflect.ownKeys(prototype).length > 1 || prototypeOf(prototype) !== Object.prototype;
}

function describeBound(value: AnyFunction, path: Path, { graph }: Surroundings): Node {
  const bound = inspectBound(value);
  if (bound === undefined) {
    throw path.refuse(
      `it is the native function ${nameOf(value) || '(anonymous)'}, which has no source`,
      'Wrap it in a function of your own.',
    );
  }
  const { thisValue } = bound;
  const name = nameOf(bound.target as AnyFunction) ?? '';
  return {
    type: 'bound',
    target: graph.refer(bound.target, isObject(thisValue) ? path.property(name, thisValue) : path),
    thisValue: graph.refer(thisValue, path.variable('this')),
    args: bound.args.map((arg, index) => graph.refer(arg, path.index(index))),
    ...describeMembers(value, path, graph, {
      usual: prototypeOf(bound.target as object),
      skip: (key) => OWN_KEYS.has(key),
    }),
  };
}

/** What a function means by `this`, `super` and private names of the place where it stands. */
function describePlace(node: FunctionNode, capture: FunctionCapture, chain: AlikeScopes[]): void {
  const { source, path, around } = capture;
  const { graph } = around;
  const isArrow = source.form === 'arrow';
  let held: unknown;
  if (isArrow && source.usesThis) {
    held = thisOf(capture, chain);
    node.thisValue = graph.refer(held, path.variable('this'));
    // Where it is not strict there is always one; a class is strict in any script.
    if (held === undefined) node.strict = true;
  }
  if (source.usesSuper) node.homePrototype = describeHome(isArrow, path, around);
  if (source.freePrivateNames.size > 0) {
    const near = [...path.holders(), ...(isArrow ? [held] : []), ...valuesOf(chain)].filter(isObject);
    describeDeclarer(node, capture, near);
  }
}

/** The class in whose body it stands: among the objects nearby, or anywhere in what travels. */
function describeDeclarer(
  node: FunctionNode,
  { value, source, path, around }: FunctionCapture,
  near: object[],
): void {
  const { freePrivateNames: names, text } = source;
  const { graph } = around;
  const declarer = declarerOf(value);
  const found = new Set<object>();
  const note = (itsClass: object) => {
    found.add(itsClass);
    node.privateOwner = graph.refer(itsClass, path);
  };
  const look = (objects: object[]) => {
    const itsClass = classOfPrivateNames(names, text, objects);
    if (itsClass !== undefined) note(itsClass);
  };
  const refuse = (which: string) =>
    path.refuse(
      `it uses ${[...names].join(', ')} of a class that ${which}`,
      'Pass the object, and call its method in the other process.',
    );
  if (declarer !== undefined) note(declarer);
  else look(near);
  if (found.size === 0) graph.forEachObject((object) => look([object]));
  graph.onceComplete(() => {
    // A function that makes classes makes more than one of a text.
    if (found.size !== 1 || !isReference(node.privateOwner)) throw refuse('cannot be found from here');
    const described = graph.nodes[node.privateOwner.ref];
    if (described?.type !== 'class') throw refuse('comes from a module, in which alone it can stand');
  });
}

function valuesOf(chain: AlikeScopes[]): unknown[] {
  return chain.flatMap((scopes) => [...scopes.values.values()]);
}

/** An arrow function has the `this` of where it was made. */
function thisOf({ value: arrow, source, path, around }: FunctionCapture, chain: AlikeScopes[]): unknown {
  const restored = thisIn(arrow);
  if (restored !== undefined) return restored.value;
  const owner = fieldOwner(source.text, path);
  if (owner !== undefined) return owner;
  const found = around.contexts.thisOf(arrow, chain, path.holders());
  if (found === undefined) {
    throw path.refuse(
      'it is an arrow function that uses `this` of the function around it, which cannot be read',
      'Write `const self = this;` before it, and use self.',
    );
  }
  return found.value;
}

function describeHome(isArrow: boolean, path: Path, { graph }: Surroundings): Value {
  if (isArrow || path.holder === undefined) {
    throw path.refuse(
      'it uses `super` of the object that it was taken from',
      'Pass the object, and call its method in the other process.',
    );
  }
  return graph.refer(Object.getPrototypeOf(path.holder), path);
}
