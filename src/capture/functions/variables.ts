// Closed-over variables. Two functions made in one scope share its variables, so one that changes a variable
// changes it for the other too; where that happens the variable moves into an object that both travel with (a
// box).
//
// The inspector shows the values of a scope and not which scope it is. Scopes with different values are
// different; of scopes that hold the same it does not matter, until a function assigns to a variable that
// several use. Then the text of the script tells, or else V8's heap snapshot.
import type { Reference, Value } from '../captured';
import type { Graph } from '../graph';
import type { Path } from '../path';
import type { Box } from './box';
import type { Contexts } from './contexts';
import { type Place, tellApart } from './declarations';
import type { FunctionScope } from './heap-contexts';
import type { Parameters } from './parameters';

/** What one function does with a variable. */
interface Usage {
  isAssigned: boolean;
  place: Place | undefined;
  path: Path;
}

/** A variable of scopes that are perhaps one and the same. */
export interface Variable {
  readonly name: string;
  readonly value: unknown;
  readonly scopes: AlikeScopes;
  readonly users: Map<object, Usage>;
}

/** Scopes in one place of the program that hold the same. */
export class AlikeScopes {
  readonly description: string;
  readonly values: Map<string, unknown>;
  /** Whether there is only one. */
  readonly isOne: boolean;
  /** Which functions are made within, and how far out this is for each. */
  readonly depths = new Map<object, number>();
  readonly children: AlikeScopes[] = [];
  readonly #variables = new Map<string, Variable>();
  readonly #boxes = new Map<unknown, Box>();

  constructor(description: string, values: Map<string, unknown>, isOne: boolean) {
    this.description = description;
    this.values = values;
    this.isOne = isOne;
  }

  variable(name: string): Variable | undefined {
    if (!this.values.has(name)) return undefined;
    let variable = this.#variables.get(name);
    if (variable === undefined) {
      variable = { name, value: this.values.get(name), scopes: this, users: new Map() };
      this.#variables.set(name, variable);
    }
    return variable;
  }

  box(identity: unknown): Box {
    const box = this.#boxes.get(identity) ?? new VariableBox();
    this.#boxes.set(identity, box);
    return box;
  }
}

class VariableBox implements Box {
  readonly #properties: [string, Value][] = [];
  #reference: Reference | undefined;

  hold(graph: Graph, name: string, value: Value): Reference {
    this.#reference ??= graph.add({ type: 'object', properties: this.#properties });
    if (!this.#properties.some(([known]) => known === name)) this.#properties.push([name, value]);
    return this.#reference;
  }
}

/** Every variable that one capture comes upon. */
export class Variables {
  readonly #outermost = new Map<string, AlikeScopes[]>();
  readonly #scopesOf = new Map<object, readonly FunctionScope[]>();
  readonly #identities = new Map<Variable, Map<object, unknown>>();
  readonly #contexts: Contexts;
  readonly #parameters: Parameters;

  constructor(contexts: Contexts, parameters: Parameters) {
    this.#contexts = contexts;
    this.#parameters = parameters;
  }

  /** The scopes around a function, innermost first. */
  around(made: object, scopes: readonly FunctionScope[], scriptId: string): AlikeScopes[] {
    this.#scopesOf.set(made, scopes);
    const chain: AlikeScopes[] = [];
    for (const [index, scope] of [...scopes.entries()].reverse()) {
      const siblings = chain[0]?.children ?? this.#outermostOf(scope, scriptId);
      const alike =
        siblings.find(
          (other) => other.description === scope.description && haveSameValues(other.values, scope.values),
        ) ?? new AlikeScopes(scope.description, new Map(scope.values), ONLY_ONE.has(scope.description));
      if (!siblings.includes(alike)) siblings.push(alike);
      alike.depths.set(made, index);
      chain.unshift(alike);
    }
    return chain;
  }

  /**
   * The box through which this function shares the variable. Undefined when it has the variable for itself.
   */
  boxFor(variable: Variable, made: object): Box | undefined {
    const parameters = this.#parametersWith(variable, made);
    if (parameters !== undefined) return parameters;
    const users = [...variable.users].filter(([user]) => this.#parametersWith(variable, user) === undefined);
    if (!isShared(users.map(([, usage]) => usage))) return undefined;
    const identities = this.#identities.get(variable) ?? this.#tellApart(variable, new Map(users));
    this.#identities.set(variable, identities);
    const identity = identities.get(made);
    const together = users.filter(([user]) => identities.get(user) === identity);
    return isShared(together.map(([, usage]) => usage)) ? variable.scopes.box(identity) : undefined;
  }

  #parametersWith({ scopes, name }: Variable, made: object): Box | undefined {
    const depth = scopes.depths.get(made);
    if (depth === undefined) return undefined;
    return this.#parameters.boxFor(made, depth, name, this.#scopesOf.keys());
  }

  #outermostOf({ description }: FunctionScope, scriptId: string): AlikeScopes[] {
    const key = description === 'Script' ? 'every script' : scriptId;
    const found = this.#outermost.get(key) ?? [];
    this.#outermost.set(key, found);
    return found;
  }

  #tellApart({ name, scopes }: Variable, users: ReadonlyMap<object, Usage>): Map<object, unknown> {
    if (scopes.isOne) return new Map([...users.keys()].map((made) => [made, 'one']));
    const places = new Map<object, Place>();
    for (const [made, { place }] of users) if (place !== undefined) places.set(made, place);
    const told = places.size === users.size ? tellApart(places, scopes.values) : undefined;
    return told ?? this.#askHeap(name, users, scopes);
  }

  #askHeap(name: string, users: ReadonlyMap<object, Usage>, scopes: AlikeScopes): Map<object, unknown> {
    const asked = new Map([...users.keys()].map((made) => [made, this.#scopesOf.get(made) ?? []]));
    const contexts = this.#contexts.around(asked);
    if (contexts === undefined) {
      const [{ path }] = users.values() as unknown as [Usage];
      throw path.refuse(
        `it shares its variable ${name} with another function, or it does not: which, cannot be read here`,
        `Keep ${name} in an object, and let both functions use that object.`,
      );
    }
    return new Map([...contexts].map(([made, ids]) => [made, ids[scopes.depths.get(made) as number]]));
  }
}

/** Outside every function of its script, and run once. */
const ONLY_ONE = new Set(['Script', 'Module']);

function isShared(usages: Usage[]): boolean {
  return usages.length > 1 && usages.some(({ isAssigned }) => isAssigned);
}

function haveSameValues(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  if (one.size !== other.size) return false;
  for (const [name, value] of one) {
    if (!other.has(name) || !Object.is(other.get(name), value)) return false;
  }
  return true;
}
