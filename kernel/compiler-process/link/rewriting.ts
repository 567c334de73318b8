// What the rewriting of one kind of syntax works with.

import type { AnyNode } from 'acorn';
import type MagicString from 'magic-string';
import type { SyntaxTree } from '../../syntax-tree';
import type { RuntimeModule } from '../typescript/module-resolution';

/** How the modules that a cell names are loaded when it runs. */
export interface ModuleLoading {
  moduleOf(specifier: string): RuntimeModule;
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
