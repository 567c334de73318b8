// Makes the captured values again, in two rounds: first every object by itself, then what they hold, so that
// cycles close. An object is made when something first needs it, so a class always comes after its
// superclass.
import { restoreComposite, restoreHandle } from '../../objects/handle';
import {
  type Captured,
  type ClassNode,
  type FunctionNode,
  isReference,
  type Key,
  type Members,
  type Node,
  type Value,
} from '../captured';
import { globalNamed } from '../globals';
import { remake } from '../remade';
import { registerSourceMap } from '../source-maps';
import { symbolOf } from '../symbols';
import { fillMembers } from './fill-members';
import type { KeptData } from './kept-data';
import { KnownClasses } from './known-classes';
import { parametersOf } from './restore-arguments';
import { RestoredCode } from './restore-code';
import { keptAround, loadModule, makeImportMeta, makeModuleStar, makeRequire } from './restore-modules';
import { emptyValue, fillValue } from './restore-values';
import type { Restoring } from './restoring';
import type { World } from './world';

// A program may have one of its own.
const { structuredClone } = globalThis;

/**
 * Makes a captured value again. In a world, what would reach outside is what the world puts in its place.
 * Classes that are here get the state that comes with the capture if it is the program of a pool's work,
 * `programOf`.
 */
export function restore(
  captured: Captured,
  require: NodeJS.Require,
  world?: World,
  programOf?: number,
  kept?: KeptData,
): unknown {
  for (const [url, map] of Object.entries(captured.sourceMaps)) registerSourceMap(url, map);
  return new Restorer(captured, require, world, programOf, kept).root();
}

class Restorer implements Restoring {
  readonly #captured: Captured;
  readonly #require: NodeJS.Require;
  #made: unknown[] = [];
  #isMade: boolean[] = [];
  readonly #code: RestoredCode;
  readonly #world: World | undefined;
  readonly #classes: KnownClasses;
  readonly #kept: KeptData | undefined;

  constructor(
    captured: Captured,
    require: NodeJS.Require,
    world: World | undefined,
    programOf: number | undefined,
    kept: KeptData | undefined,
  ) {
    this.#captured = captured;
    this.#require = require;
    this.#world = world;
    this.#kept = kept;
    this.#code = new RestoredCode(this, world);
    this.#classes = new KnownClasses(captured, programOf, world?.classes());
  }

  root(): unknown {
    const { nodes, root } = this.#captured;
    const kept = this.#kept?.get();
    if (kept !== undefined) [this.#made, this.#isMade] = [kept.objects.slice(), kept.isPlain.slice()];
    const refs = kept?.others ?? nodes.map((_, ref) => ref);
    for (const ref of refs) this.#make(ref);
    for (const ref of refs) this.#fill(nodes[ref] as Node, this.#made[ref]);
    this.#kept?.keep(nodes, this.#made);
    return this.value(root);
  }

  value(value: Value): unknown {
    return isReference(value) ? this.#make(value.ref) : value;
  }

  key(key: Key): string | symbol {
    return typeof key === 'string' ? key : (this.value(key) as symbol);
  }

  node(value: Value): Node | undefined {
    return isReference(value) ? this.#captured.nodes[value.ref] : undefined;
  }

  #make(ref: number): unknown {
    if (!this.#isMade[ref]) {
      const node = this.#captured.nodes[ref] as Node;
      this.#made[ref] = (this.#world && this.#createIn(this.#world, node)) ?? this.#create(node, ref);
      this.#isMade[ref] = true;
    }
    return this.#made[ref];
  }

  /** Returns undefined for what is the same in every world. */
  #createIn(world: World, node: Node): unknown {
    switch (node.type) {
      case 'module':
        return world.module(node.id, node.names, () => loadModule(node.id, node.names, this.#require));
      case 'module-inside': {
        const load = () => loadModule(node.id, node.names, this.#require);
        return keptAround(node, world.module(node.id, node.names, load));
      }
      case 'handle':
        return world.handle(node.handle);
      case 'composite':
        return world.composite(
          node.kind,
          node.parts.map((part) => this.value(part)),
        );
      case 'clone':
        // One capture may be restored more than once.
        return this.#code.layOut(node, structuredClone(node.value));
      case 'view':
        return world.view(node.kind, this.value(node.buffer), node.byteOffset, node.length ?? 0);
      case 'object': {
        if (node.base === undefined) return undefined;
        const parts = Object.entries(node.base.parts).map(([name, part]) => [name, this.value(part)]);
        return this.#code.layOut(node, world.base(node.base.kind, Object.fromEntries(parts)));
      }
      default:
        return undefined;
    }
  }

  #create(node: Node, ref: number): unknown {
    switch (node.type) {
      case 'weak':
        return node.kind === 'WeakMap' ? new WeakMap() : new WeakSet();
      case 'symbol':
        return node.registered ? Symbol.for(node.description ?? '') : symbolOf(node.id, node.description);
      case 'global':
        return globalNamed(node.names);
      case 'module':
        return loadModule(node.id, node.names, this.#require);
      case 'module-inside':
        return keptAround(node, loadModule(node.id, node.names, this.#require));
      case 'module-star':
        return makeModuleStar(this.value(node.module) as object);
      case 'handle':
        return restoreHandle(node.handle);
      case 'composite':
        return restoreComposite({ kind: node.kind, parts: node.parts.map((part) => this.value(part)) });
      case 'remade':
        return remake(node, globalNamed(node.names));
      case 'aborted':
        return AbortSignal.abort(this.value(node.reason));
      case 'require':
        return makeRequire(node.file, this.#require);
      case 'import-meta':
        return makeImportMeta(node.file, this.#require);
      case 'entry-module':
        return { id: '.', filename: node.file, loaded: true, children: [], paths: [] };
      case 'function':
        return this.#identified(node, ref, undefined, () => this.#code.makeFunction(node));
      case 'class':
        return this.#identified(node, ref, node.superclass, () => this.#code.makeClass(node));
      case 'bound':
        return Function.prototype.bind.call(
          this.value(node.target) as () => unknown,
          this.value(node.thisValue),
          ...node.args.map((arg) => this.value(arg)),
        );
      case 'member': {
        const property = Object.getOwnPropertyDescriptor(
          this.value(node.owner) as object,
          this.key(node.key),
        );
        return property?.[node.part];
      }
      case 'prototype':
        return (this.value(node.owner) as { prototype: unknown }).prototype;
      case 'parameters':
        return parametersOf(this.value(node.of) as object);
      default:
        return this.#code.layOut(node, emptyValue(this.#kept === undefined ? node : withCopy(node), this));
    }
  }

  #identified(node: ClassNode | FunctionNode, ref: number, superclass: Value, make: () => object): object {
    return this.#classes.provide(node, ref, this.value(superclass), make);
  }

  /** Fills an object, but one that was closed when it came first stays as it is. */
  #fillOpen(made: object, members: Members): void {
    if (Object.isExtensible(made)) fillMembers(made, members, this);
  }

  #addWeakly(made: unknown, key: Value, value: Value): void {
    const object = this.value(key) as object;
    if (made instanceof WeakMap) made.set(object, this.value(value));
    else if (made instanceof WeakSet) made.add(object);
  }

  #fill(node: Node, made: unknown): void {
    switch (node.type) {
      case 'weak':
        for (const [key, value] of node.entries) this.#addWeakly(made, key, value);
        return;
      case 'entry-module':
        (made as { exports: unknown }).exports = this.value(node.exports);
        return;
      case 'function':
      case 'class':
        if (this.#classes.isAsIs(made)) return;
        this.#code.bind(node, made as object);
        this.#fillOpen(made as object, node);
        return;
      case 'prototype':
        if (!this.#classes.isAsIs(this.value(node.owner))) this.#fillOpen(made as object, node);
        return;
      case 'bound':
      case 'arguments':
        fillMembers(made as object, node, this);
        return;
      case 'object':
      case 'array':
      case 'map':
      case 'set':
      case 'error':
      case 'clone':
      case 'view':
        fillValue(node, made as object, this);
        this.#code.fillPrivates(node, made as object);
        fillMembers(made as object, node, this);
        return;
      default:
        return; // Everything else was whole from the beginning.
    }
  }
}

/** Copies the node of what is restored more than once. */
function withCopy(node: Node): Node {
  return node.type === 'clone' ? { ...node, value: structuredClone(node.value) } : node;
}
