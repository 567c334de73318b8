// Which classes of a capture are here already. One that is here is used, with the state that it has here; but
// with a pool's new work it gets the state that it has where the work comes from.
import { type Captured, type ClassNode, type FunctionNode, isReference, type Value } from '../captured';
import { classIdentities } from '../class-identities';
import { classTextOf } from '../functions/class-text';
import { canLayOut } from '../functions/original-privates';
import { type CodeParts, partsOf } from './class-parts';

type Identified = ClassNode | FunctionNode;

/** What stands in for an original where something must be done that only a class made here allows. */
const standIns = new WeakMap<object, object>();
/** The work with which a class got its state. */
const workOf = new WeakMap<object, number | undefined>();

/** Without this the state of a class to which nothing refers would be gone at some moment or another. */
const lastMade: object[] = [];
const MOST_KEPT = 32;

export class KnownClasses {
  readonly #captured: Captured;
  readonly #programOf: number | undefined;
  readonly #ofWorld: Map<string, object> | undefined;
  readonly #asIs = new Set<unknown>();
  readonly #standing = new Set<unknown>();
  #needs: Needs | undefined;

  constructor(captured: Captured, programOf: number | undefined, ofWorld?: Map<string, object>) {
    this.#captured = captured;
    this.#programOf = programOf;
    this.#ofWorld = ofWorld;
  }

  /** Whether it has its members and variables already. */
  isAsIs(made: unknown): boolean {
    return this.#asIs.has(made);
  }

  /** The one that is here, or a new one. */
  provide(node: Identified, ref: number, superclass: unknown, make: () => object): object {
    const { id } = node;
    if (id === undefined) return make();
    const here = this.#ofWorld ? this.#ofWorld.get(id) : classIdentities.known(id);
    if (here === undefined) return this.#remember(make(), id);
    const parts = partsOf(here);
    if (parts === undefined) {
      return this.#mustBeMade(ref, here, superclass) ? this.#standIn(here, id, make) : this.#useAsIs(here);
    }
    // A derived class lays out its fields only while it has another superclass.
    const isClosed = !Object.isExtensible(here) && this.#needsOf().layingOut.has(ref);
    if (isClosed) return this.#remember(make(), id);
    if (this.#isNewWork(here)) {
      if (!hasTextOf(parts, node)) return this.#remember(make(), id);
      workOf.set(here, this.#work);
      return here;
    }
    return this.#useAsIs(here);
  }

  #useAsIs(here: object): object {
    this.#asIs.add(here);
    return here;
  }

  get #work(): number | undefined {
    return this.#programOf ?? this.#captured.work;
  }

  #isNewWork(here: object): boolean {
    return this.#programOf !== undefined || (this.#work !== undefined && workOf.get(here) !== this.#work);
  }

  #mustBeMade(ref: number, here: object, superclass: unknown): boolean {
    const { evaluating, layingOut } = this.#needsOf();
    return this.#standing.has(superclass) || evaluating.has(ref) || (layingOut.has(ref) && !canLayOut(here));
  }

  #standIn(original: object, id: string, make: () => object): object {
    const before = standIns.get(original);
    if (before !== undefined) this.#asIs.add(before);
    const made = before ?? make();
    if (before === undefined) passAs(original, made);
    standIns.set(original, made);
    this.#standing.add(made);
    classIdentities.rememberToo(made, id);
    return made;
  }

  #remember(made: object, id: string): object {
    if (this.#ofWorld !== undefined) {
      this.#ofWorld.set(id, made);
      classIdentities.rememberToo(made, id);
      return made;
    }
    classIdentities.remember(made, id);
    workOf.set(made, this.#work);
    lastMade.push(made);
    if (lastMade.length > MOST_KEPT) lastMade.shift();
    return made;
  }

  #needsOf(): Needs {
    this.#needs ??= needsIn(this.#captured);
    return this.#needs;
  }
}

/** Its instances are also instances of the original, whose methods come after its own. */
function passAs(original: object, standIn: object): void {
  if (SUPER.test(classTextOf(standIn)?.text ?? '')) return; // It would find the original's methods.
  const { prototype } = standIn as { prototype: object };
  Object.setPrototypeOf(prototype, (original as { prototype: object }).prototype);
}

const SUPER = /\bsuper\s*[.[]/;

interface Needs {
  /** Classes in whose bodies something must be evaluated. */
  evaluating: Set<number>;
  /** Classes of which objects get private fields. */
  layingOut: Set<number>;
}

function needsIn({ nodes }: Captured): Needs {
  const needs: Needs = { evaluating: new Set(), layingOut: new Set() };
  const note = (set: Set<number>, owner: Value) => {
    if (isReference(owner)) set.add(owner.ref);
  };
  for (const node of nodes) {
    if (node.type === 'function') note(needs.evaluating, node.privateOwner);
    if (!('privates' in node) || node.privates === undefined) continue;
    const names = node.privates.flatMap(({ fields }) => fields.map(([name]) => name));
    const isAmbiguous = new Set(names).size < names.length;
    for (const { owner } of node.privates) {
      note(isAmbiguous ? needs.evaluating : needs.layingOut, owner);
    }
  }
  return needs;
}

function hasTextOf(parts: CodeParts, node: Identified): boolean {
  return parts.source === node.source && parts.names.join() === node.names.join();
}
