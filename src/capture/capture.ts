// A value with everything that it refers to, and that its functions close over, as plain data: what the other
// process needs to have the same. Nothing of the program is run for it.
import { types } from 'node:util';
import { controlledViews } from '../objects/handle';
import type { Captured, Node } from './captured';
import { classIdentities } from './class-identities';
import { Contexts } from './functions/contexts';
import type { Surroundings } from './functions/environment';
import { describeFunction } from './functions/functions';
import { Parameters } from './functions/parameters';
import type { Script } from './functions/scripts';
import { AlikeScopes, Variables } from './functions/variables';
import { noticeLoadedGlobals } from './globals';
import { Graph } from './graph';
import { doneByMock } from './mocks';
import { importedBehind, noticeLoadedModules } from './modules';
import { Path } from './path';
import type { PlainData } from './plain-data';
import { sourceMapOf } from './source-maps';
import { describeSymbol } from './symbols';
import { describeObject } from './values';

export type { Captured } from './captured';

/** The objects, by their nodes; undefined for a node that stands for no object of this process. */
export type Objects = readonly (object | symbol | undefined)[];

interface CaptureOptions {
  /** What errors call the value itself; its properties alone when left out. */
  root?: string;
  /**
   * Whether symbols and classes without an id get one, so that they are the same ones in every process;
   * default true. Without, the same value is always captured as the same.
   */
  givesIds?: boolean;
  /** The work that it is part of. */
  work?: number | undefined;
  /** What an earlier one came to. Where this one comes to the same, it has the same nodes. */
  before?: Captured | undefined;
  /** What of it is not described, since it is known from an earlier one. */
  data?: PlainData | undefined;
  /** Is called with what lists the objects that the nodes stand for. */
  withObjects?: ((list: () => Objects) => void) | undefined;
}

/**
 * Describes a value, and all that it needs, as plain data. Throws a NotSerializableError that names the path
 * when something cannot travel.
 *
 * Two functions over one variable share it on the other side too when one of them assigns to it; functions
 * over two variables never do.
 */
export function capture(root: unknown, options: CaptureOptions = {}): Captured {
  noticeLoadedModules();
  noticeLoadedGlobals();
  const sourceMaps: Record<string, object> = {};
  const addScript = ({ url, inlineMap }: Script) => {
    const map = sourceMapOf(url) ?? inlineMap;
    if (map !== undefined) sourceMaps[url] = map;
  };
  const describe = (value: object | symbol, path: Path): Node => {
    if (typeof value === 'symbol') return describeSymbol(value, path, options.givesIds ?? true);
    if (types.isProxy(value) && !controlledViews.has(value)) {
      const imported = importedBehind(value, path);
      if (imported !== undefined) return describeObject(imported, path, graph);
      throw path.refuse('it is a Proxy, and what it does cannot be seen', behind(value));
    }
    if (typeof value === 'function') {
      const called = value as () => unknown;
      return describeFunction(doneByMock(called) ?? called, path, around);
    }
    return describeObject(value, path, graph);
  };
  const graph = new Graph(describe, options.before?.nodes, options.data);
  const contexts = new Contexts();
  const globals = new AlikeScopes('Global', new Map(), true);
  const variables = new Variables(contexts, new Parameters(graph));
  const around: Surroundings = { graph, contexts, variables, exportsSeen: new Map(), globals, addScript };
  try {
    const value = graph.refer(root, Path.root(options.root ?? ''));
    if (options.data !== undefined) graph.add(graph.referFrom(options.data));
    graph.complete();
    giveIds(graph, options.givesIds ?? true);
    const work = options.work !== undefined && { work: options.work };
    const captured = { root: value, nodes: graph.nodes, sourceMaps, ...work };
    options.withObjects?.(() => graph.objects());
    return captured;
  } finally {
    contexts.close();
  }
}

/** Gives ids to classes; those that have one keep it in any case. */
function giveIds(graph: Graph, givesNew: boolean): void {
  for (const [value, node] of graph.withIdentity()) {
    if (node.type !== 'class' && node.type !== 'function') continue;
    const id = givesNew ? classIdentities.identify(value) : classIdentities.idOf(value);
    if (id !== undefined) node.id = id;
  }
}

function behind(proxy: object): string {
  if (typeof proxy !== 'function') return 'Pass the object behind it.';
  return 'Pass the function behind it; a mock of node:test is made in the child: mock.fn(…).';
}
