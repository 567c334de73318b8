// Functions and classes: each compiled as a script of its own under the url, line and column that it came
// from, inside a small function whose local variables are the ones it closes over. They are bound when
// everything exists.
import { compileFunction, constants } from 'node:vm';
import { ANYTHING } from '../anything';
import {
  type ClassNode,
  type Code,
  type FunctionNode,
  isReference,
  type Node,
  type Privates,
} from '../captured';
import { KEYS, LAYING_OUT } from '../functions/class-edits';
import { noteCompiled } from '../functions/compiled';
import { MARK } from '../functions/mark';
import { layOutOriginal, setOriginalPrivate } from '../functions/original-privates';
import { rememberDeclarer, rememberSource, rememberThis } from '../functions/restored-sources';
import { fillLowered } from '../lowered-fields';
import type { AnyFunction } from '../prototypes';
import { isMainRealm } from '../realms';
import { type CodeParts, type Evaluate, partsOf, rememberParts, type Setter } from './class-parts';
import type { Restoring } from './restoring';
import type { World } from './world';

/** What worlds have compiled: to call it again takes a fiftieth of the time. */
const compiled = new Map<string, Run>();

type Assign = (values: unknown[]) => void;
type Run = (...args: unknown[]) => unknown;

const ASSIGN = (names: string[]) => `function(){[${names.join(',')}]=arguments[0]}`;

export class RestoredCode {
  readonly #restorer: Restoring;
  readonly #world: World | undefined;

  constructor(restorer: Restoring, world?: World) {
    this.#restorer = restorer;
    this.#world = world;
  }

  makeFunction(node: FunctionNode): object {
    const { thisValue, privateOwner, homePrototype } = node;
    const declared = node.names.length > 0 ? `let ${node.names.join(',')};` : '';
    const strict = node.strict ? "'use strict';" : '';
    const [open, close] = node.isMethod ? ['{', '}'] : ['(', ')'];
    const before = `${strict}${declared}return [${open}`;
    const after = `${close},${ASSIGN(node.names)}]`;
    const run =
      privateOwner === undefined
        ? this.#compile(node, before, after)
        : this.#evaluateInClass(node, before, after);
    const held = this.#restorer.value(thisValue);
    const [made, assign] = run.call(held) as [object, Assign];
    const result = node.isMethod ? methodOf(made) : made;
    rememberThis(result, held);
    if (isReference(privateOwner)) rememberDeclarer(result, this.#restorer.value(privateOwner) as object);
    if (node.isMethod && homePrototype !== undefined) {
      Object.setPrototypeOf(made, this.#restorer.value(homePrototype) as object | null);
    }
    rememberParts(result, { source: node.source, names: node.names, assign });
    rename(result, node.name);
    return result;
  }

  makeClass(node: ClassNode): object {
    const declared = [`${MARK}=arguments[0]`, `${KEYS}=arguments[1]`, LAYING_OUT, ...node.names].join(',');
    const after = `),${ASSIGN(node.names)},function(){${LAYING_OUT}=arguments[0]}]`;
    const run = this.#compile(node, `let ${declared};return [(`, after);
    const superclass = this.#restorer.value(node.superclass);
    const keys = node.keys.map((key) => this.#restorer.key(key));
    const [made, assign, layingOut] = run(superclass, keys) as [object, Assign, (isOn: boolean) => void];
    let evaluate: Evaluate | undefined;
    if (node.plain !== undefined) {
      rememberSource(made, { text: node.plain, origin: node.origin });
      evaluate = (made as Record<string, Evaluate>)[MARK];
      Reflect.deleteProperty(made, MARK);
    }
    for (const [isStatic, name] of node.removed) {
      Reflect.deleteProperty(isStatic ? made : (made as { prototype: object }).prototype, name);
    }
    rememberParts(made, {
      source: node.source,
      names: node.names,
      assign,
      layingOut,
      evaluate,
      setters: new Map(),
    });
    rename(made, node.name);
    return made;
  }

  bind(node: FunctionNode | ClassNode, made: object): void {
    partsOf(made)?.assign(node.values.map((value) => this.#restorer.value(value)));
    if (node.type !== 'class') return;
    for (const [name, value] of node.staticPrivates) {
      setPrivate(made, made, name, this.#restorer.value(value));
    }
  }

  /** Lets the classes of an instance lay out its private fields, without running their constructors. */
  layOut(node: Node, empty: object): object {
    if (!('privates' in node) || node.privates === undefined) return empty;
    const { prototype } = node;
    if (prototype !== undefined)
      Object.setPrototypeOf(empty, this.#restorer.value(prototype) as object | null);
    let object = empty;
    for (const { owner } of node.privates) {
      const made = this.#restorer.value(owner) as new (...args: unknown[]) => object;
      const ownerNode = this.#restorer.node(owner);
      const isDerived = ownerNode?.type === 'class' && ownerNode.isDerived;
      const parts = partsOf(made);
      object = parts ? construct(made, parts, isDerived, object) : layOutOriginal(made, object);
    }
    for (const key of Reflect.ownKeys(object)) {
      if (key !== 'length') Reflect.deleteProperty(object, key);
    }
    return object;
  }

  fillPrivates(node: Privates, made: object): void {
    for (const { owner, fields } of node.privates ?? []) {
      const declarer = this.#restorer.value(owner) as object;
      for (const [name, value] of fields) setPrivate(declarer, made, name, this.#restorer.value(value));
    }
    for (const { owner, fields } of node.lowered ?? []) {
      const maker = this.#restorer.value(owner) as AnyFunction;
      for (const [name, value] of fields) fillLowered(maker, name, made, this.#restorer.value(value));
    }
  }

  #compile(code: Code, before: string, after: string): Run {
    if (this.#world === undefined) return this.#compileText(code, code.source, before, after);
    const { url, line, column } = code.origin;
    const key = `${url}:${line}:${column}:${before}${code.source}`;
    let run = compiled.get(key);
    if (run === undefined) {
      const source = this.#world.instrument(code.source, url);
      run = this.#compileText(code, source, before, after);
      compiled.set(key, run);
      noteCompiled({ run, url, text: before + source + after, line, column: column - before.length });
    }
    return run;
  }

  #compileText(code: Code, source: string, before: string, after: string): Run {
    const { url, line, column } = code.origin;
    const text = before + source + after;
    const options = { filename: url, lineOffset: line, columnOffset: column - before.length };
    if (!isMainRealm()) return compileHere(text, code.origin) as Run;
    if (!code.imports) return compileFunction(text, [], options) as Run;
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as never;
    return compileFunction(text, [], { ...options, importModuleDynamically }) as Run;
  }

  #evaluateInClass(node: FunctionNode, before: string, after: string): Run {
    const evaluate = partsOf(this.#restorer.value(node.privateOwner) as object)?.evaluate;
    if (evaluate === undefined) throw new TypeError(`The class around ${node.name} has not arrived.`);
    return evaluate(`(function(){${before}${node.source}${after}})`) as Run;
  }
}

// A root class lays its fields out in an object that it makes; a derived one in whatever its superclass
// gives it.
function construct(
  made: new (...args: unknown[]) => object,
  parts: CodeParts,
  isDerived: boolean,
  object: object,
): object {
  const superclass: object | null = Object.getPrototypeOf(made);
  parts.layingOut?.(true);
  try {
    if (!isDerived) {
      return Reflect.construct(made, ANYTHING, newTargetFor(object));
    }
    Object.setPrototypeOf(made, function giveObject() {
      return object;
    });
    return Reflect.construct(made, ANYTHING);
  } finally {
    parts.layingOut?.(false);
    Object.setPrototypeOf(made, superclass);
  }
}

/** compileFunction() compiles for the main realm alone. Only the column is lost. */
function compileHere(text: string, { url, line }: Code['origin']): Run {
  // V8 puts two lines before the body.
  return new Function(`${'\n'.repeat(Math.max(0, line - 2))}${text}\n//# sourceURL=${url}`) as Run;
}

function newTargetFor(object: object): new () => object {
  const target = function target() {} as unknown as new () => object;
  target.prototype = Object.getPrototypeOf(object);
  return target;
}

/** `declarer` is the class in which the field is declared. */
function setPrivate(declarer: object, object: object, name: string, value: unknown): void {
  const parts = partsOf(declarer);
  if (parts === undefined) {
    setOriginalPrivate(object, name, value);
    return;
  }
  let set = parts.setters?.get(name);
  if (set === undefined) {
    set = parts.evaluate?.(`(object, value) => { object.${name} = value; }`) as Setter | undefined;
    if (set !== undefined) parts.setters?.set(name, set);
  }
  set?.(object, value);
}

function methodOf(holder: object): object {
  const property = Object.getOwnPropertyDescriptor(holder, Reflect.ownKeys(holder)[0] as string);
  return property?.value ?? property?.get ?? property?.set;
}

function rename(made: object, name: string | undefined): void {
  const own = Object.getOwnPropertyDescriptor(made, 'name');
  if (name === undefined || own?.value === name) return;
  Object.defineProperty(made, 'name', { value: name, configurable: true });
}
