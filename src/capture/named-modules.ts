// The modules that a capture names, and that are loaded where it arrives.
import type { Captured } from './captured';

export function namedModules({ nodes }: Captured): string[] {
  return nodes.flatMap((node) => (node.type === 'module' || node.type === 'module-inside' ? [node.id] : []));
}
