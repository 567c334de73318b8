// The controlled world that a captured program is restored into: faces in place of the library, things in
// place of shared memory.
import { join, sep } from 'node:path';
import type { Captured } from '../capture/captured';
import { ownGlobal } from '../capture/globals';
import { restore } from '../capture/restore/restore';
import type { World } from '../capture/restore/world';
import { muteReports } from '../host/report';
import { whenReal } from '../system/control';
import { touchesRealThing } from './escape';
import { controlled, library } from './faces/library';
import { makeItself } from './faces/process';
import { refusal } from './faces/refusal';
import type { NamedMemory } from './faces/shared-memory';
import { ControlledBuffer, makeView } from './faces/view';
import { controlGlobals } from './globals/install';
import { IMPORT, instrument, ROUND } from './instrument';
import { isKindOfView } from './machines/memory';
import { controlModules, importFrom, LIBRARY, noteModule } from './modules';
import { isControlled, runner } from './operations';
import { roundOutside } from './outside';
import { receive, receiveComposite } from './receive';
import type { Frozen, Snapshot } from './snapshot';
import type { Things } from './things';

const OURS = join(LIBRARY, 'explore') + sep;

interface WorldOptions {
  readonly require: NodeJS.Require;
  readonly things: Things;
  readonly snapshot: Snapshot;
  /** Is told what the program uses that cannot be put in an order. */
  readonly escapes: Set<string>;
  /** Is told which files the program uses. */
  readonly files: Set<string>;
}

export function makeWorld({ require, things, snapshot, escapes, files }: WorldOptions): World {
  controlGlobals({ escape: (what) => escapes.add(what), file: (name) => files.add(name) });
  muteReports(isControlled);
  controlModules({ library, escapes });
  defineHidden(ROUND, () => {
    if (isControlled()) runner().round();
    else roundOutside();
  });
  defineHidden(IMPORT, importFrom);
  whenReal((what) => {
    if (isControlled()) throw touchesRealThing(what);
  });
  const world: World = {
    module: (id, names, load) => {
      noteModule(id);
      if (!id.startsWith(LIBRARY) || id.startsWith(OURS)) return load();
      const [name, ...inner] = names;
      if (name === undefined) return library;
      return inner.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], controlled(name));
    },
    classes: () => (isControlled() ? runner().local.classes : new Map()),
    handle: (handle) => receive(handle, things, snapshot),
    composite: receiveComposite,
    base: (kind, parts) => {
      if (kind === 'explored-process' || kind === 'process') return makeItself(parts);
      throw refusal(`a '${kind}'`, 'do without it');
    },
    view: (kind, buffer, from, length) => {
      if (!(buffer instanceof ControlledBuffer)) return undefined;
      if (!isKindOfView(kind)) throw refusal(`a ${kind} over shared memory`, 'use a typed array');
      return makeView({ index: buffer.index, kind, from, length }, buffer.byteLength);
    },
    instrument,
  };
  nameMemory(things, snapshot);
  things.restore = (captured: Captured) => restore(captured, require, world);
  return world;
}

/** The names of shared memory that are there from the beginning. */
function nameMemory(things: Things, { things: frozen, names, tooLarge }: Snapshot): void {
  const known = Object.entries(names).map(([name, key]): [string, NamedMemory] => {
    const memory = frozen[key] as Frozen;
    return [name, { index: things.make(memory), size: Number(memory.facts?.sizeBytes) }];
  });
  const large = Object.entries(tooLarge).map(([name, size]): [string, NamedMemory] => [name, { size }]);
  const initial = Object.fromEntries([...known, ...large]);
  const named = { id: 'names', machine: 'names', kind: 'SharedMemory', initial, name: 'names' };
  things.names = things.make(named);
}

/** Defines a global that is not to be taken for one of the program's. */
function defineHidden(name: string, value: unknown): void {
  ownGlobal(name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}
