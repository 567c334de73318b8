// What the rewriting of one kind of syntax works with.

import type { AnyNode } from 'acorn';
import type MagicString from 'magic-string';
import type { SyntaxTree } from '../../syntax-tree';
import type { Loading } from '../typescript/module-resolution';

/** How a module named in a cell is loaded when the cell runs. */
export interface ModuleLoading {
  loading(specifier: string): Loading;
  needsRequire(specifier: string): boolean;
  runtimeSpecifier(specifier: string): string;
}

export interface Rewriting {
  readonly text: MagicString;
  readonly tree: SyntaxTree;
  /** Whether the identifier stands for a binding of the notebook. */
  isBinding(node: AnyNode): boolean;
  /** Whether this cell binds the name at its top level. */
  binds(name: string): boolean;
  readonly modules: ModuleLoading;
}
