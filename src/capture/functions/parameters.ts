// Parameters that are one with a place in an `arguments` object, as in functions that are not strict: who
// writes to the one has written to the other. Nothing says which are, so each place of the objects that
// travel is given a token for a moment, in which nothing of the program runs, and the variables are
// looked at.
import { types } from 'node:util';
import type { Node, Reference } from '../captured';
import type { Graph } from '../graph';
import type { Box } from './box';
import { inspectFunction, readVariable } from './inspection';

/** Where a variable stands: so far out from a function, and its name. */
type Place = `${number} ${string}`;

interface Token {
  readonly args: object;
  readonly index: number;
}

interface Travelling {
  readonly node: Node;
  readonly reference: Reference;
  box: Box | undefined;
}

export class Parameters {
  readonly #graph: Graph;
  readonly #objects = new Map<object, Travelling>();
  #found: Map<object, Map<Place, Token>> | undefined;

  constructor(graph: Graph) {
    this.#graph = graph;
    graph.forEachObject((object, reference) => {
      if (!types.isArgumentsObject(object)) return;
      const node = graph.nodes[reference.ref];
      if (node?.type === 'arguments') this.#objects.set(object, { node, reference, box: undefined });
    });
  }

  /**
   * The object through which a function has a parameter that is one with a place in arguments that travel
   * too. Only once the graph is complete; `functions` are all that have variables.
   */
  boxFor(made: object, depth: number, name: string, functions: Iterable<object>): Box | undefined {
    if (this.#objects.size === 0) return undefined;
    this.#found ??= this.#look([...functions]);
    const token = this.#found.get(made)?.get(`${depth} ${name}`);
    const travelling = token && this.#objects.get(token.args);
    if (token === undefined || travelling?.node.type !== 'arguments') return undefined;
    travelling.node.parameters ??= [];
    travelling.node.parameters[token.index] = name;
    if (travelling.box === undefined) {
      const reference = this.#graph.add({ type: 'parameters', of: travelling.reference });
      travelling.box = { hold: () => reference };
    }
    return travelling.box;
  }

  #look(functions: object[]): Map<object, Map<Place, Token>> {
    const tokens = new Set<unknown>();
    const before: (() => void)[] = [];
    try {
      for (const args of this.#objects.keys()) {
        for (const index of placesOf(args)) {
          const held: unknown = Reflect.get(args, index);
          const token: Token = { args, index };
          before.push(() => Reflect.set(args, index, held));
          tokens.add(token);
          Reflect.set(args, index, token);
        }
      }
      return new Map(functions.map((made) => [made, tokensAround(made as () => void, tokens)]));
    } finally {
      for (const putBack of before) putBack();
    }
  }
}

/** Returns the places that an assignment changes, and changes only. */
function placesOf(args: object): number[] {
  return Reflect.ownKeys(args).flatMap((key) => {
    const isPlace = typeof key === 'string' && /^\d+$/.test(key);
    return isPlace && Object.getOwnPropertyDescriptor(args, key)?.writable === true ? [Number(key)] : [];
  });
}

function tokensAround(made: () => void, tokens: ReadonlySet<unknown>): Map<Place, Token> {
  const found = new Map<Place, Token>();
  for (const [depth, { variables }] of inspectFunction(made).scopes.entries()) {
    for (const name of Object.keys(variables)) {
      const token = readVariable(variables, name);
      if (tokens.has(token)) found.set(`${depth} ${name}`, token as Token);
    }
  }
  return found;
}
