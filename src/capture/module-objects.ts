// The objects by which a program holds modules, where they are not the exports themselves.
import { types } from 'node:util';
import type { Node } from './captured';
import type { Graph } from './graph';
import { moduleOf } from './modules';
import type { Path } from './path';

/** `import * as x` of a CommonJS module: a namespace whose `default` is the module. */
export function describeModuleStar(value: object, path: Path, graph: Graph): Node | undefined {
  if (!Object.hasOwn(value, 'default')) return undefined;
  const keys = Object.keys(value);
  if (keys.length < 2 && !types.isModuleNamespaceObject(value)) return undefined;
  const main: unknown = Object.getOwnPropertyDescriptor(value, 'default')?.value;
  if (main === null || (typeof main !== 'object' && typeof main !== 'function')) return undefined;
  const place = moduleOf(main);
  if (place === undefined || place.names.length > 0) return undefined;
  const exported = new Set(Object.keys(main));
  const isStar = keys.every((key) => key === 'default' || key === 'module.exports' || exported.has(key));
  return isStar ? { type: 'module-star', module: graph.refer(main, path) } : undefined;
}

/** `module` in the script that the program started with. */
export function describeEntryModule(value: object, path: Path, graph: Graph): Node | undefined {
  if (value !== require.main) return undefined;
  return {
    type: 'entry-module',
    file: require.main.filename,
    exports: graph.refer(require.main.exports, path.property('exports', value)),
  };
}
