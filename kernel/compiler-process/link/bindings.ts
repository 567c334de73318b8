// Which identifiers of a cell's JavaScript stand for top-level bindings of the notebook.

import type { Identifier, Node, Program } from 'acorn';
import { analyze, type Reference, type Variable } from 'eslint-scope';

export interface Bindings {
  /** What the cell binds, in the order of its declarations. */
  readonly declared: readonly Binding[];
  /** Every place to be written `exports.NAME`, declaring ones included. */
  readonly places: ReadonlySet<Identifier>;
  /** The names of earlier cells that it speaks of. */
  readonly used: ReadonlySet<string>;
  /** Places of `module` and `exports`, where they are what a CommonJS module has. */
  readonly ofModule: ReadonlySet<Identifier>;
  /** Places of variables within the cell that would hide the notebook's own `exports`. */
  readonly hiding: ReadonlySet<Identifier>;
}

export interface Binding {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'import' | 'var' | 'lexical';
}

/** `candidates`: the names that the compiler exports; `earlier`: the names that earlier cells have bound. */
export function findBindings(
  program: Program,
  candidates: ReadonlySet<string>,
  earlier: ReadonlySet<string>,
): Bindings {
  const options = { ecmaVersion: 2025, sourceType: 'module' } as const;
  const scopes = analyze(program as unknown as Parameters<typeof analyze>[0], options);
  const top = scopes.globalScope?.childScopes[0];
  if (!top) throw new TypeError('The scopes of a cell have no module scope.');
  const declared: Binding[] = [];
  const places = new Set<Identifier>();
  for (const variable of top.variables) {
    if (variable.defs.length === 0) continue;
    const kind = kindOf(variable);
    // The compiler itself imports what JSX becomes, and does not export that.
    if (!candidates.has(variable.name) && kind !== 'import') continue;
    declared.push({ name: variable.name, kind });
    for (const definition of variable.defs)
      if (definition.type === 'Variable') places.add(asIdentifier(definition.name));
    for (const reference of variable.references) places.add(placeOf(reference));
  }
  const used = new Set<string>();
  const ofModule = new Set<Identifier>();
  for (const reference of scopes.globalScope?.through ?? []) {
    const place = placeOf(reference);
    if (earlier.has(place.name)) {
      places.add(place);
      used.add(place.name);
    } else if (place.name === 'module' || place.name === 'exports') ofModule.add(place);
  }
  const inner = scopes.scopes.filter((scope) => scope !== top && scope !== scopes.globalScope);
  const hiding = new Set<Identifier>();
  for (const variable of inner.flatMap((scope) => scope.variables)) {
    if (variable.name !== 'exports') continue;
    for (const identifier of variable.identifiers) hiding.add(asIdentifier(identifier));
    for (const reference of variable.references) hiding.add(placeOf(reference));
  }
  return { declared, places, used, ofModule, hiding };
}

function kindOf(variable: Variable): Binding['kind'] {
  const definition = variable.defs[0];
  if (definition?.type === 'FunctionName') return 'function';
  if (definition?.type === 'ClassName') return 'class';
  if (definition?.type === 'ImportBinding') return 'import';
  const declaration = definition?.parent as { kind?: string } | null | undefined;
  return declaration?.kind === 'var' ? 'var' : 'lexical';
}

function placeOf(reference: Reference): Identifier {
  return asIdentifier(reference.identifier);
}

// eslint-scope speaks of ESTree's nodes; these are the ones that acorn made.
function asIdentifier(node: unknown): Identifier {
  return node as Node as Identifier;
}
