// What a script's text says about a place in it: which variables are visible there, and whether an error
// would be caught.

import { type AnyNode, type Node, parse } from 'acorn';
import { analyze, type Scope, type ScopeManager } from 'eslint-scope';
import { childrenOf } from '../../syntax-tree';
import type { ScriptPlace } from './script-lines';

export class ScriptSyntax {
  readonly #start: ScriptPlace;
  readonly #lineStarts = [0];
  /** Undefined if it cannot be read: then nothing is known. */
  readonly #program: AnyNode | undefined;
  #scopes: ScopeManager | undefined;

  /** `start`: where the script begins in its file. */
  constructor(text: string, start: ScriptPlace) {
    this.#start = start;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
    this.#program = parsed(text);
  }

  /** Returns the names without those that are global. */
  namesVisibleAt(place: ScriptPlace): Set<string> {
    const names = new Set<string>();
    if (!this.#program) return names;
    const at = this.#offsetOf(place);
    this.#scopes ??= analyze(this.#program as unknown as Parameters<typeof analyze>[0], {
      ecmaVersion: 2025,
      sourceType: 'script',
    });
    const visit = (scope: Scope): void => {
      if (!contains(scope.block as unknown as Node, at)) return;
      if (scope.type !== 'global') for (const { name } of scope.variables) names.add(name);
      scope.childScopes.forEach(visit);
    };
    if (this.#scopes.globalScope) visit(this.#scopes.globalScope);
    return names;
  }

  /**
   * Whether the function at this place has a `catch` around it, or takes the errors of the promise that it
   * got there.
   */
  catchesAt(place: ScriptPlace): boolean {
    const at = this.#offsetOf(place);
    let caught = false;
    for (let node = this.#program; node; node = childrenOf(node).find((child) => contains(child, at))) {
      if (/Function|StaticBlock/.test(node.type)) caught = false;
      if (node.type === 'TryStatement' && node.handler && contains(node.block, at)) caught = true;
      if (takesErrorsOf(node, at)) caught = true;
    }
    return caught;
  }

  /** Whether it is the outermost function of the script, such as the cell itself. */
  isOutermostAt(place: ScriptPlace): boolean {
    const at = this.#offsetOf(place);
    let depth = 0;
    for (let node = this.#program; node; node = childrenOf(node).find((child) => contains(child, at))) {
      if (/Function/.test(node.type)) depth += 1;
    }
    return depth <= 1;
  }

  #offsetOf({ lineNumber, columnNumber }: ScriptPlace): number {
    const line = lineNumber - this.#start.lineNumber;
    const column = line === 0 ? columnNumber - this.#start.columnNumber : columnNumber;
    return (this.#lineStarts[line] ?? 0) + column;
  }
}

/** `PLACE.catch(…)`, `PLACE.then(…, …)` */
function takesErrorsOf(node: AnyNode, at: number): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  if (!contains(object, at) || property.type !== 'Identifier') return false;
  return property.name === 'catch' || (property.name === 'then' && node.arguments.length > 1);
}

function contains({ start, end }: Node, at: number): boolean {
  return start <= at && at < end;
}

function parsed(text: string): AnyNode | undefined {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        ranges: true,
        allowReturnOutsideFunction: true,
        allowHashBang: true,
      });
    } catch {
      // The other kind, perhaps.
    }
  }
  return undefined;
}
