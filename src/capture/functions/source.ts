// What the text of a function says: its form, the names it leaves free, and what it needs around it.
import {
  type AnyNode,
  type BlockStatement,
  type CallExpression,
  type Expression,
  type Identifier,
  type Program,
  parse,
} from 'acorn';
import { base, recursive, simple } from 'acorn-walk';
import { type ClassShape, shapeOfClass } from './class-shape';
import { freeNames } from './free-names';
import type { GlobalUses } from './global-uses';
import type { Leavings } from './leavings';
import type { Use } from './use';

export interface Source {
  text: string;
  form: 'arrow' | 'function' | 'method' | 'class';
  free: Map<string, Use[]>;
  globals: GlobalUses;
  /** The names in `exports.name`; undefined when `exports` is also used in another way. */
  exportsNames: Set<string> | undefined;
  usesThis: boolean;
  usesSuper: boolean;
  hasDynamicImport: boolean;
  importMetas: { start: number; end: number }[];
  /** Private names that a class around this source declares. */
  freePrivateNames: Set<string>;
  classShape: ClassShape | undefined;
  leavings: Leavings;
  /** The key of a method, which is evaluated again when it is computed. */
  computedKey: { start: number; end: number } | undefined;
}

const CACHE_LIMIT = 2000;
const cache = new Map<string, Source | undefined>();

/**
 * Reads a text; undefined when it cannot be read as a function: native code, or syntax newer than the parser.
 */
export function readSource(text: string, isModule: boolean): Source | undefined {
  const key = keyOf(text, isModule);
  if (!cache.has(key)) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, analyze(text, isModule));
  }
  return cache.get(key);
}

/** Reads a text as it was read before, or else as a script's. */
export function readAgain(text: string): Source | undefined {
  return cache.get(keyOf(text, true)) ?? readSource(text, false);
}

function keyOf(text: string, isModule: boolean): string {
  return `${isModule ? 'module' : 'script'} ${text}`;
}

function analyze(text: string, isModule: boolean): Source | undefined {
  // A method is no expression by itself, only inside an object.
  for (const [before, after] of [
    ['(', ')'],
    ['({', '})'],
  ] as const) {
    const program = tryParse(before + text + after, isModule);
    if (program === undefined) continue;
    const statement = program.body[0];
    if (program.body.length !== 1 || statement?.type !== 'ExpressionStatement') return undefined;
    return describe(text, program, statement.expression, before.length);
  }
  return undefined;
}

function tryParse(text: string, isModule: boolean): Program | undefined {
  try {
    return parse(text, {
      ecmaVersion: 'latest',
      sourceType: isModule ? 'module' : 'script',
      ranges: true,
      allowSuperOutsideMethod: true,
      checkPrivateFields: false,
    });
  } catch {
    return undefined;
  }
}

function describe(text: string, program: Program, whole: Expression, shift: number): Source | undefined {
  const form = formOf(whole);
  if (form === undefined) return undefined;
  const classShape = whole.type === 'ClassExpression' ? shapeOfClass(whole, shift) : undefined;
  const method = whole.type === 'ObjectExpression' ? whole.properties[0] : undefined;
  const computedKey =
    method?.type === 'Property' && method.computed
      ? { start: text.indexOf('['), end: text.lastIndexOf(']', method.value.start - shift) + 1 }
      : undefined;
  const around = surroundings(whole, shift);
  const gone = [...(classShape?.gone ?? []), ...(computedKey === undefined ? [] : [computedKey])];
  const { free, globals, exportsNames, leavings } = freeNames(program, shift, gone);
  // Only an arrow function means the `arguments` of the function around it.
  if (form !== 'arrow') free.delete('arguments');
  const names = { free, globals, exportsNames, leavings: form === 'method' ? 'anything' : leavings } as const;
  return { text, form, ...names, classShape, computedKey, ...around };
}

function formOf(whole: Expression): Source['form'] | undefined {
  switch (whole.type) {
    case 'ArrowFunctionExpression':
      return 'arrow';
    case 'FunctionExpression':
      return 'function';
    case 'ClassExpression':
      return 'class';
    case 'ObjectExpression':
      return 'method';
    default:
      return undefined;
  }
}

/** What means something only through the place where the source stands. */
function surroundings(whole: Expression, shift: number) {
  const found = {
    usesThis: false,
    usesSuper: false,
    hasDynamicImport: false,
    importMetas: [] as Source['importMetas'],
    freePrivateNames: new Set<string>(),
  };
  recursive<Around>(
    whole,
    { ownThis: false, ownSuper: false, declared: new Set() },
    {
      Function(node, around, visit) {
        const isArrow = node.type === 'ArrowFunctionExpression';
        visitBase('Function', node as AnyNode, isArrow ? around : { ...around, ownThis: true }, visit);
      },
      Class(node, around, visit) {
        if (node.superClass) visit(node.superClass, around);
        const declared = new Set([...around.declared, ...privateNamesOf(node.body.body)]);
        visit(node.body, { ownThis: true, ownSuper: true, declared });
      },
      Property(node, around, visit) {
        const isInner = whole.type === 'ObjectExpression' && whole.properties[0] === node;
        const ownSuper = around.ownSuper || (!isInner && (node.method || node.kind !== 'init'));
        visitBase('Property', node, { ...around, ownSuper }, visit);
      },
      ThisExpression(_node, around) {
        if (!around.ownThis) found.usesThis = true;
      },
      Super(_node, around) {
        if (!around.ownSuper) found.usesSuper = true;
      },
      CallExpression(node, around, visit) {
        visitBase('CallExpression', withoutIdleThis(node), around, visit);
      },
      ImportExpression(node, around, visit) {
        found.hasDynamicImport = true;
        visit(node.source, around);
      },
      MetaProperty(node) {
        if (node.meta.name !== 'import') return;
        found.importMetas.push({ start: node.start - shift, end: node.end - shift });
      },
      PrivateIdentifier(node, around) {
        if (!around.declared.has(node.name)) found.freePrivateNames.add(`#${node.name}`);
      },
      MemberExpression(node, around, visit) {
        visit(node.object, around);
        if (node.computed || node.property.type === 'PrivateIdentifier') visit(node.property, around);
      },
    },
  );
  return found;
}

/**
 * Compilers of older targets write `__awaiter(this, …, function* () { … })` for an async function, whether or
 * not it uses `this`: where the generator does not, nothing does.
 */
function withoutIdleThis(call: CallExpression): AnyNode {
  const [first, ...rest] = call.arguments;
  const last = rest.at(-1);
  const isAwaiter = nameOfCallee(call.callee) === '__awaiter';
  if (!isAwaiter || first?.type !== 'ThisExpression' || last?.type !== 'FunctionExpression') return call;
  return usesThisInside(last.body) ? call : { ...call, arguments: rest };
}

function nameOfCallee(callee: CallExpression['callee']): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  const isMember = callee.type === 'MemberExpression' && callee.property.type === 'Identifier';
  // `tslib_1.__awaiter`, and `(0, tslib_1.__awaiter)`.
  if (isMember) return (callee.property as Identifier).name;
  const last = callee.type === 'SequenceExpression' ? callee.expressions.at(-1) : undefined;
  return last && nameOfCallee(last);
}

function usesThisInside(body: BlockStatement): boolean {
  let found = false;
  simple(body, {
    ThisExpression() {
      found = true;
    },
  });
  return found;
}

interface Around {
  /** Inside a function with its own `this`. */
  ownThis: boolean;
  /** Inside a class or an object's method, to which `super` then refers. */
  ownSuper: boolean;
  declared: Set<string>;
}

type Visit = (node: AnyNode, around: Around) => void;
type Walker = (node: AnyNode, around: Around, visit: Visit) => void;

function visitBase(kind: string, node: AnyNode, around: Around, visit: Visit): void {
  const walker = (base as unknown as Record<string, Walker>)[kind];
  walker?.(node, around, visit);
}

function privateNamesOf(members: { type: string }[]): string[] {
  return members.flatMap((member) => {
    const key = (member as { key?: { type: string; name: string } }).key;
    return key?.type === 'PrivateIdentifier' ? [key.name] : [];
  });
}
