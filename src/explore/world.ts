// The controlled world that a captured program is restored into: our faces in place of the library, things in place of shared memory.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../index';
import type { World } from '../capture/restore/world';
import { type Handle, restoreHandle } from '../objects/handle';
import { programMemory } from '../memory/memory';
import * as faces from './faces';
import { installGlobals, substitutes } from './globals';
import { controlModules, noteModule } from './modules';
import { instrument, ROUND } from './instrument';
import { openItemsIn } from './items';
import { isControlled, runner, thing } from './operations';
import type { Execution } from './execution';

const LIBRARY = join(__dirname, '..');

/** Of everything else that the library exports and that would be real. */
function refuse(name: string): unknown {
  return class {
    constructor() {
      throw new Error(`explore() does not know ${name} yet.`);
    }
  };
}

export function makeWorld(require: NodeJS.Require): World {
  installGlobals();
  Object.defineProperty(globalThis, ROUND, {
    value: () => {
      if (isControlled()) (runner() as Execution).round();
    },
    configurable: true,
  });
  const controlled = new Map<unknown, unknown>(substitutes);
  const byName: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(library)) {
    if (typeof value !== 'function') continue;
    const face = (faces as Record<string, unknown>)[name];
    const isError = value.prototype instanceof Error || ['cpuCount'].includes(name);
    const made = face ?? (isError ? value : name === 'Array' ? faces.SharedArray : refuse(name));
    controlled.set(value, made);
    byName[name] = made;
  }
  const world: World = {
    substitute: (value, id) => {
      if (id !== undefined) noteModule(id);
      if (value === library) return byName;
      return controlled.get(value) ?? value;
    },
    handle: (handle) => makeThing(handle),
    composite: (kind, parts) => {
      switch (kind) {
        case 'raw-value':
          return new faces.RawValue(parts[0] as never);
        case 'value':
          return new faces.Value(parts[0] as faces.RawValue, undefined, { lock: parts[1] as faces.Lock });
        case 'shared-array':
          return faces.guard(parts[0] as object, parts[1] as faces.Lock);
        case 'condition':
          return new faces.Condition(parts[0] as faces.Lock, new faces.At(parts[1] as number));
        default:
          throw new Error(`explore() does not know ${kind} yet.`);
      }
    },
    view: (kind, buffer, byteOffset, length) => {
      if (!(buffer instanceof SharedBuffer)) return undefined;
      return makeRealView(kind, buffer, byteOffset, length);
    },
    require: (real) => {
      const made = (id: string) => {
        const found: unknown = real(id);
        const isLibrary = realpathSync(real.resolve(id)).startsWith(LIBRARY);
        return isLibrary ? byName : found;
      };
      return Object.assign(made, real) as NodeJS.Require;
    },
    instrument,
  };
  openItemsIn(world, require);
  if (!isControllingModules) controlModules(byName);
  isControllingModules = true;
  return world;
}

let isControllingModules = false;

class SharedBuffer {
  readonly handle: Handle;
  constructor(handle: Handle) {
    this.handle = handle;
  }
}

function makeThing(handle: Handle): object {
  const { kind } = handle;
  if (kind === 'explored') return makeFace(String(handle.type), Number(handle.index));
  if (kind === 'explored-view') {
    return faces.makeView({ index: Number(handle.index), kind: String(handle.type), from: Number(handle.from), length: Number(handle.length) });
  }
  if (kind === 'shared-buffer') return new SharedBuffer(handle);
  const offset = Number(handle.offset);
  const { i32 } = programMemory();
  const real = restoreHandle(handle) as unknown as Record<string, () => unknown>;
  const index = (machine: string, initial: unknown, name: string) => thing(`real/${offset}`, machine, initial, nameOf(offset, name));
  switch (kind) {
    case 'lock':
      return makeFace(kind, index('lock', real.locked?.() ? 'outside' : null, 'Lock'));
    case 'rlock':
      return makeFace(kind, index('rlock', real.locked?.() ? ['outside', 1] : [null, 0], 'RLock'));
    case 'semaphore':
    case 'bounded-semaphore':
      return makeFace(kind, index('semaphore', [real.getValue?.(), 2 ** 31 - 1], 'Semaphore'));
    case 'event':
      return makeFace(kind, index('event', real.isSet?.() ? 1 : 0, 'Event'));
    case 'queue':
    case 'joinable-queue': {
      if (!real.empty?.()) throw new Error('The prototype of explore() begins with empty queues only.');
      return makeFace(kind, index('queue', [i32[offset / 4] || 2 ** 31 - 1, 0], kind === 'queue' ? 'Queue' : 'JoinableQueue'));
    }
    default:
      throw new Error(`explore() does not know ${kind} yet.`);
  }
}

function nameOf(offset: number, kind: string): string {
  const { nameOfObject } = require('../objects/references') as typeof import('../objects/references');
  return nameOfObject(offset, kind);
}

function makeFace(type: string, index: number): object {
  const at = new faces.At(index);
  switch (type) {
    case 'lock':
      return new faces.Lock(at);
    case 'rlock':
      return new faces.RLock(at);
    case 'semaphore':
      return new faces.Semaphore(at);
    case 'bounded-semaphore':
      return new faces.BoundedSemaphore(at);
    case 'event':
      return new faces.Event(at);
    case 'barrier':
      return new faces.Barrier(at);
    case 'queue':
      return new faces.Queue(at);
    case 'joinable-queue':
      return new faces.JoinableQueue(at);
    default:
      throw new Error(`explore() does not know ${type} yet.`);
  }
}

function makeRealView(kind: string, buffer: SharedBuffer, byteOffset: number, length: number): object {
  const real = restoreHandle(buffer.handle) as unknown as ArrayBuffer;
  const Class = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => ArrayLike<number> & { BYTES_PER_ELEMENT: number }>)[kind];
  if (Class === undefined) throw new Error(`explore() does not know ${kind} yet.`);
  const whole = new Class(real);
  const index = thing(`real/${buffer.handle.offset}`, 'memory', faces.cellsOf(whole), `memory-${buffer.handle.offset}`);
  return faces.makeView({ index, kind, from: byteOffset / whole.BYTES_PER_ELEMENT, length });
}
