// CommonJS that awaits at its top level, as TypeScript leaves it, made into one async function; `import.meta`
// into a variable.

import type { AnyNode } from 'acorn';
import MagicString from 'magic-string';
import { isTopLevel, parse } from '../../syntax-tree';

/**
 * Lines stay where they are. If it awaits, its end is `module.ended`; `import.meta` is what
 * `module.importMeta` was at its beginning.
 */
export function withTopLevelAwait(javascript: string): string {
  if (!/\bawait\b|\bimport\.meta\b/.test(javascript)) return javascript;
  const tree = parse(javascript);
  const text = new MagicString(javascript);
  const metas = tree.nodes.filter((node) => node.type === 'MetaProperty' && node.meta.name === 'import');
  for (const { start, end } of metas) text.update(start, end, '__importMeta');
  const start = tree.program.body[0]?.start ?? 0;
  if (metas.length > 0) text.appendLeft(start, 'const __importMeta = module.importMeta; ');
  if (tree.nodes.some((node) => awaits(node) && isTopLevel(node, tree))) {
    text.appendLeft(start, 'module.ended = (async () => { ');
    text.appendRight(tree.program.body.at(-1)?.end ?? 0, '\n})();');
  }
  return text.toString();
}

function awaits(node: AnyNode): boolean {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
}
