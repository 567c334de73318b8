// What a capture is made of: plain data that structured clone can carry. Values are primitives or references
// into one list of nodes, so that shared objects stay shared and cycles stay cycles.
import type { Handle } from '../objects/handle';

export interface Captured {
  root: Value;
  nodes: Node[];
  /** Source maps of the scripts that the functions came from, by url. */
  sourceMaps: Record<string, object>;
  /** The work that it is part of: at the first arrival for it, classes get the state that they bring. */
  work?: number;
}

export interface Reference {
  ref: number;
}
export type Value = undefined | null | boolean | number | string | bigint | Reference;

/** A property key: a string, or a reference to a symbol. */
export type Key = string | Reference;

/** Own properties, for every kind of object. Left out is what is usual. */
export interface Members {
  prototype?: Value;
  /** Plain properties: writable, enumerable, configurable. */
  properties?: [Key, Value][];
  /** All others, with their attributes, and what comes behind one of them. */
  described?: DescribedProperty[];
  integrity?: 'frozen' | 'sealed' | 'fixed';
}

interface DescribedProperty {
  key: Key;
  enumerable: boolean;
  configurable: boolean;
  content: { value: Value; writable: boolean } | { get: Value; set: Value };
}

export type Node =
  | ({ type: 'object'; base?: { kind: string; parts: Record<string, Value> } } & Members & Privates)
  | ({ type: 'array'; length: number; items: Value[] } & Members & Privates)
  | ({ type: 'map'; entries: [Value, Value][] } & Members & Privates)
  | ({ type: 'set'; items: Value[] } & Members & Privates)
  /** A WeakMap or WeakSet that a function closes over, with what it holds for the objects that travel too. */
  | { type: 'weak'; kind: 'WeakMap' | 'WeakSet'; entries: [Value, Value][] }
  | ({ type: 'error' } & Members & Privates)
  | ({ type: 'clone'; value: object } & Members & Privates)
  /** Without a length it is as long as its buffer, also when that grows. */
  | ({ type: 'view'; kind: string; buffer: Value; byteOffset: number; length?: number } & Members & Privates)
  /** The name of each place that is one with a parameter. */
  | ({ type: 'arguments'; parameters?: (string | undefined)[] } & Members)
  /** An object whose properties are those parameters. */
  | { type: 'parameters'; of: Reference }
  /** An object of the global class with these names, made of these arguments. */
  | { type: 'remade'; names: string[]; args: unknown[]; stack?: string }
  /** An AbortSignal. */
  | { type: 'aborted'; reason: Value }
  | { type: 'url'; href: string }
  | { type: 'url-search-params'; text: string }
  /** It has an id if it is to be the same one everywhere. */
  | { type: 'symbol'; registered: boolean; description: string | undefined; id?: string }
  | { type: 'global'; names: string[] }
  | { type: 'module'; id: string; names: string[] }
  | ({ type: 'module-inside' } & Inside)
  | { type: 'module-star'; module: Value }
  | { type: 'handle'; handle: Handle }
  | { type: 'composite'; kind: string; parts: Value[] }
  | { type: 'require'; file: string | undefined }
  | { type: 'import-meta'; file: string }
  | { type: 'entry-module'; file: string; exports: Value }
  | FunctionNode
  | ClassNode
  | ({ type: 'bound'; target: Value; thisValue: Value; args: Value[] } & Members)
  /** A method of a captured class, by the place where the class keeps it. */
  | { type: 'member'; owner: Value; key: Key; part: 'value' | 'get' | 'set' }
  /** `F.prototype` of a function or class that travels too. */
  | ({ type: 'prototype'; owner: Value } & Members);

/** A class or symbol that a module keeps to itself. */
export interface Inside {
  /** The file, and the way to a function that it exports, around which the variable is. */
  id: string;
  names: string[];
  variable: string;
  /** Where the class stands in the file; what the symbol says. */
  what: { line: number; column: number } | { description: string | undefined };
}

/** The private fields of an instance, class by class, the root class first. */
export interface Privates {
  privates?: { owner: Value; fields: [name: string, Value][] }[];
  /** The fields that a compiler keeps in WeakMaps and WeakSets of the class's module, by their names. */
  lowered?: { owner: Value; fields: [variable: string, Value][] }[];
}

/** Where the source stood: line and column count from 0, as V8 counts. */
export interface Origin {
  url: string;
  line: number;
  column: number;
}

export interface Code extends Members {
  source: string;
  origin: Origin;
  strict: boolean;
  /** The closed-over variables, in the order of `values`. */
  names: string[];
  values: Value[];
  name: string | undefined;
  imports: boolean;
  /** The id by which every process knows a class again; also a function that is used as one. */
  id?: string;
}

export interface FunctionNode extends Code {
  type: 'function';
  isMethod: boolean;
  /** What `this` means around it, for an arrow function. */
  thisValue: Value;
  /** The prototype of the object that it belongs to, for a method that says `super`. */
  homePrototype: Value;
  /** The class in whose body it must be evaluated, for a function that names private fields. */
  privateOwner: Value;
}

export interface ClassNode extends Code {
  type: 'class';
  superclass: Value;
  isDerived: boolean;
  /** What the computed keys of its methods came to, in their order. */
  keys: Key[];
  /** Methods that its text has, and it has no more. */
  removed: [isStatic: boolean, name: string][];
  /** The source of a class with private names as it was before the ways to reach them were put in. */
  plain: string | undefined;
  staticPrivates: [name: string, Value][];
}

export function isReference(value: Value): value is Reference {
  return typeof value === 'object' && value !== null;
}
