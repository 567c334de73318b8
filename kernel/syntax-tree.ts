// The emitted JavaScript of a cell as a tree, with the way from each node to the one around it.

import { type AnyNode, type Node, Parser, type Program } from 'acorn';

export interface SyntaxTree {
  readonly program: Program;
  /** Every node, the inner ones before those around them. */
  readonly nodes: readonly AnyNode[];
  parentOf(node: Node): AnyNode | undefined;
}

/** What is only declared, `declare const Plotly: any`, stands in the list of exports and nowhere else. */
const CellParser = Parser.extend(
  (Base) =>
    class extends Base {
      checkLocalExport(): void {}
    },
);

export function parse(javascript: string): SyntaxTree {
  const program = CellParser.parse(javascript, { ecmaVersion: 'latest', sourceType: 'module', ranges: true });
  const parents = new Map<Node, AnyNode>();
  const nodes: AnyNode[] = [];
  const visit = (node: AnyNode): void => {
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      visit(child);
    }
    nodes.push(node);
  };
  visit(program);
  return { program, nodes, parentOf: (node) => parents.get(node) };
}

/** Whether `node` runs as part of the cell itself, not when a function or a class of it does. */
export function isTopLevel(node: AnyNode, tree: SyntaxTree): boolean {
  for (let around = tree.parentOf(node); around; around = tree.parentOf(around)) {
    if (/Function|StaticBlock|PropertyDefinition/.test(around.type)) return false;
  }
  return true;
}

export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
