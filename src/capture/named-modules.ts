// The modules that a capture names, and that are loaded where it arrives.
import type { Captured } from './captured';

/** One by one: most processes load no TypeScript, and need not know. */
export function* namedModules({ nodes }: Captured): Generator<string> {
  for (const node of nodes) if (node.type === 'module' || node.type === 'module-inside') yield node.id;
}
