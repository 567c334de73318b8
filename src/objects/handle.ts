// How a thing that lives in shared memory crosses to another process: as a few plain values from which the
// same thing is made again over there.
import { SharedMemoryError } from '../errors';

export const toHandle: unique symbol = Symbol('parlab.toHandle');

export interface Handle {
  kind: string;
  [data: string]: string | number | boolean;
}

export interface Shareable {
  [toHandle](): Handle;
}

/**
 * A thing made of several others, at least one of them shared, crosses as its parts, each of which may be any
 * value.
 */
export const toParts: unique symbol = Symbol('parlab.toParts');

export interface Parts {
  kind: string;
  parts: readonly unknown[];
}

export interface Composite {
  [toParts](): Parts;
}

/**
 * An object that only its own class can make: over there that class makes one from the parts, and what
 * subclasses added to it travels.
 */
export const toBase: unique symbol = Symbol('parlab.toBase');

export interface Base {
  kind: string;
  /** What its class makes it of, by the names that errors use. */
  parts: Readonly<Record<string, unknown>>;
  /** The class that makes it, whose own fields do not travel. */
  maker: object;
}

export interface Rebased {
  /** Undefined where the object is to travel in another way. */
  [toBase](): Base | undefined;
}

type Make = (parts: Base['parts']) => object;
const makers = new Map<string, Make>();

export function baseOf(value: object): Base | undefined {
  return toBase in value ? (value as Rebased)[toBase]() : undefined;
}

export function registerBase(kind: string, make: Make): void {
  makers.set(kind, make);
}

export function restoreBase({ kind, parts }: Omit<Base, 'maker'>): object {
  const make = makers.get(kind);
  if (make === undefined) throw cannotMake(kind);
  return make(parts);
}

/** Proxies of ours in place of shared arrays: they travel, although no code can see into another Proxy. */
export const controlledViews = new WeakSet<object>();

type Restore = (handle: Handle) => Shareable;
const restorers = new Map<string, Restore>();
const known = new Map<string, WeakRef<Shareable>>();

export function isShareable(value: unknown): value is Shareable {
  return typeof value === 'object' && value !== null && toHandle in value;
}

export function registerHandle(kind: string, restore: Restore): void {
  restorers.set(kind, restore);
}

export function isComposite(value: unknown): value is Composite {
  return typeof value === 'object' && value !== null && toParts in value;
}

type Assemble = (parts: readonly unknown[]) => Composite;
const assemblers = new Map<string, Assemble>();

/** `assemble` gives the same object for the same parts, if identity matters. */
export function registerComposite(kind: string, assemble: Assemble): void {
  assemblers.set(kind, assemble);
}

export function restoreComposite({ kind, parts }: Parts): Composite {
  const assemble = assemblers.get(kind);
  if (assemble === undefined) throw cannotMake(kind);
  return assemble(parts);
}

/**
 * Makes the object of a handle, or returns it if this thread has it already, so that `===` holds and its
 * waiters stand in one line.
 */
export function restoreHandle(handle: Handle): Shareable {
  const key = keyOf(handle);
  const existing = known.get(key)?.deref();
  if (existing !== undefined) return existing;
  const restore = restorers.get(handle.kind);
  if (restore === undefined) throw cannotMake(handle.kind);
  const restored = restore(handle);
  remember(restored, handle);
  return restored;
}

/**
 * Lets restoreHandle() find this object for its handle. Whoever makes a new shareable thing calls it once.
 */
export function remember(shareable: Shareable, handle: Handle): void {
  const key = keyOf(handle);
  known.set(key, new WeakRef(shareable));
  forgotten.register(shareable, key);
}

const forgotten = new FinalizationRegistry<string>((key) => {
  // A successor may have taken the place before this ran.
  if (known.get(key)?.deref() === undefined) known.delete(key);
});

function keyOf(handle: Handle): string {
  return JSON.stringify(handle);
}

function cannotMake(kind: string): SharedMemoryError {
  return new SharedMemoryError(`A '${kind}' arrived from another process, but this one cannot make it.`);
}
