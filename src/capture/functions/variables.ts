// Closed-over variables. Two functions made in one scope share its variables, so one that changes a variable
// changes it for the other too; where that happens the variable moves into an object that both travel with (a
// box).
//
// The inspector shows the values of a scope and not its identity. A variable named $scope that the scope
// declares tells it exactly. Without one, two scopes count as one when they lie in one script inside the same
// scope and hold the same values, unless they made two different functions of the same piece of source (two
// counters from one factory).
import type { Reference, Value } from '../captured';
import type { Graph } from '../graph';
import type { Scope } from './inspection';

/** One variable of one scope, with the functions that use it. */
export interface Variable {
  name: string;
  value: unknown;
  scope: ScopeIdentity;
  /** Who uses it, and whether anyone assigns to it. */
  users: Set<object>;
  isAssigned: boolean;
}

export class ScopeIdentity {
  readonly parent: ScopeIdentity | undefined;
  readonly description: string;
  readonly values: Map<string, unknown>;
  /** Where the functions stand that were made in this scope, and which these are. */
  readonly made = new Map<string, object>();
  readonly #variables = new Map<string, Variable>();
  #box: { reference: Reference; properties: [string, Value][] } | undefined;

  constructor(parent: ScopeIdentity | undefined, description: string, values: Map<string, unknown>) {
    this.parent = parent;
    this.description = description;
    this.values = values;
  }

  variable(name: string): Variable | undefined {
    if (!this.values.has(name)) return undefined;
    let variable = this.#variables.get(name);
    if (variable === undefined) {
      const value = this.values.get(name);
      variable = { name, value, scope: this, users: new Set(), isAssigned: false };
      this.#variables.set(name, variable);
    }
    return variable;
  }

  /** The object in which this scope's shared variables live on the other side. */
  box(graph: Graph, name: string, value: Value): Reference {
    if (this.#box === undefined) {
      const properties: [string, Value][] = [];
      this.#box = { properties, reference: graph.add({ type: 'object', properties }) };
    }
    if (!this.#box.properties.some(([known]) => known === name)) this.#box.properties.push([name, value]);
    return this.#box.reference;
  }
}

export const SCOPE_TOKEN = '$scope';

/** Every scope that one capture comes upon. */
export class Scopes {
  readonly #children = new Map<ScopeIdentity | string, ScopeIdentity[]>();
  readonly #byToken = new Map<unknown, ScopeIdentity>();

  /**
   * The identities of the scopes around a function, innermost first. `place` is where it stands in its
   * script.
   */
  around(made: object, scopes: Scope[], scriptId: string, place: string): ScopeIdentity[] {
    const chain: ScopeIdentity[] = [];
    let parent: ScopeIdentity | undefined;
    for (const scope of scopes.toReversed()) {
      const isInnermost = chain.length === scopes.length - 1;
      parent = this.#identify(scope, parent, scriptId, isInnermost ? { function: made, place } : undefined);
      chain.unshift(parent);
    }
    return chain;
  }

  #identify(
    scope: Scope,
    parent: ScopeIdentity | undefined,
    scriptId: string,
    made: { function: object; place: string } | undefined,
  ): ScopeIdentity {
    const values = valuesOf(scope);
    const token = values.get(SCOPE_TOKEN);
    const known = token === undefined ? undefined : this.#byToken.get(token);
    if (known !== undefined) return known;
    const siblingsOf = parent ?? (scope.description === 'Script' ? 'every script' : `script ${scriptId}`);
    const siblings = this.#children.get(siblingsOf) ?? [];
    this.#children.set(siblingsOf, siblings);
    const same = siblings.find((other) => {
      if (token !== undefined || other.description !== scope.description) return false;
      if (parent === undefined && existsOnce(scope)) return true;
      const rival = made && other.made.get(made.place);
      return haveSameValues(other.values, values) && (rival === undefined || rival === made?.function);
    });
    const identity = same ?? new ScopeIdentity(parent, scope.description, values);
    if (same === undefined) siblings.push(identity);
    if (token !== undefined) this.#byToken.set(token, identity);
    if (made !== undefined) identity.made.set(made.place, made.function);
    return identity;
  }
}

/** Whether this is what a script or module declares outside every function: it is run once. */
function existsOnce({ description, variables }: Scope): boolean {
  return (
    description === 'Script' || description === 'Module' || 'exports' in variables || 'module' in variables
  );
}

function valuesOf(scope: Scope): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const name of Object.keys(scope.variables)) {
    try {
      values.set(name, scope.variables[name]);
    } catch {
      values.set(name, undefined); // Declared further down, and not reached yet.
    }
  }
  return values;
}

function haveSameValues(one: Map<string, unknown>, other: Map<string, unknown>): boolean {
  if (one.size !== other.size) return false;
  for (const [name, value] of one) {
    if (!other.has(name) || !Object.is(other.get(name), value)) return false;
  }
  return true;
}
