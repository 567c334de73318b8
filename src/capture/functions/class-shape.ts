// Which parts of a class text are evaluated with the class, and which belong to its instances.
import type { ClassExpression, MethodDefinition, PropertyDefinition } from 'acorn';
import { ancestor } from 'acorn-walk';
import { isPure, isPureConstructor } from './purity';

export interface Range {
  start: number;
  end: number;
}

interface FieldValue extends Range {
  /** Undefined for a computed name. */
  name: string | undefined;
}

export interface ClassShape {
  superclass: Range | undefined;
  /** Just before the closing brace. */
  bodyEnd: number;
  /** Just behind the opening brace of the constructor. */
  constructorStart: number | undefined;
  /** Parts that must not run again in another process: static state, the superclass expression. */
  gone: Range[];
  staticFields: Range[];
  /** Initialisers of static private fields: the field stays declared, its value is copied. */
  staticPrivateValues: Range[];
  instanceFieldValues: Range[];
  /** `name` is undefined for a computed one. */
  methods: { isStatic: boolean; name: string | undefined; text: Range; computedKey: Range | undefined }[];
  /** Texts of arrow functions and functions that instances or the class get from their fields. */
  fieldValues: FieldValue[];
  instancePrivateFields: string[];
  staticPrivateFields: string[];
  privateNames: Set<string>;
  /** Computed keys of instance fields, which no one can read back. */
  computedFields: Range[];
  /** The fields of an instance can get what the class says without a difference that could be seen. */
  hasPureFields: boolean;
  /** Likewise. */
  hasPureConstructor: boolean;
  /** Methods and accessors of instances. */
  hasPrivateMethods: boolean;
  /** Functions that are no methods use its private names, so they can only be made within the class. */
  hasPrivateClosures: boolean;
}

export function shapeOfClass(node: ClassExpression, shift: number): ClassShape {
  const range = (part: Range): Range => ({ start: part.start - shift, end: part.end - shift });
  const shape: ClassShape = {
    superclass: node.superClass ? range(node.superClass) : undefined,
    bodyEnd: node.body.end - shift - 1,
    constructorStart: undefined,
    gone: [],
    staticFields: [],
    staticPrivateValues: [],
    instanceFieldValues: [],
    methods: [],
    fieldValues: [],
    instancePrivateFields: [],
    staticPrivateFields: [],
    privateNames: new Set(),
    computedFields: [],
    hasPureFields: true,
    hasPureConstructor: true,
    hasPrivateMethods: false,
    hasPrivateClosures: hasPrivateClosures(node),
  };
  if (shape.superclass !== undefined) shape.gone.push(shape.superclass);
  const setters = privateSetters(node);
  for (const member of node.body.body) {
    switch (member.type) {
      case 'StaticBlock':
        shape.staticFields.push(range(member));
        shape.gone.push(range(member));
        break;
      case 'MethodDefinition':
        addMethod(shape, member, range, setters);
        break;
      case 'PropertyDefinition':
        addField(shape, member, range);
        break;
    }
  }
  return shape;
}

function addMethod(
  shape: ClassShape,
  member: MethodDefinition,
  range: (part: Range) => Range,
  setters: ReadonlySet<string>,
): void {
  if (member.kind === 'constructor') {
    shape.constructorStart = range(member.value.body).start + 1;
    shape.hasPureConstructor = isPureConstructor(member.value, setters);
    return;
  }
  if (member.key.type === 'PrivateIdentifier') {
    shape.privateNames.add(`#${member.key.name}`);
    if (!member.static) shape.hasPrivateMethods = true;
    return;
  }
  const computedKey = member.computed ? range(member.key) : undefined;
  if (computedKey !== undefined) shape.gone.push(computedKey);
  const name = member.computed ? undefined : nameOf(member.key as PropertyDefinition['key']);
  shape.methods.push({ isStatic: member.static, name, text: range(member), computedKey });
}

function addField(shape: ClassShape, member: PropertyDefinition, range: (part: Range) => Range): void {
  const { value } = member;
  const privateName = member.key.type === 'PrivateIdentifier' ? `#${member.key.name}` : undefined;
  const name = privateName ?? (member.computed ? undefined : nameOf(member.key));
  if (value) shape.fieldValues.push({ ...range(value), name });
  if (privateName !== undefined) shape.privateNames.add(privateName);
  if (!member.static) {
    if (member.computed) shape.computedFields.push(range(member.key));
    if (value) shape.instanceFieldValues.push(range(value));
    shape.hasPureFields &&= isPure(value) && !member.computed;
    if (privateName !== undefined) shape.instancePrivateFields.push(privateName);
  } else if (privateName === undefined) {
    shape.staticFields.push(range(member));
    shape.gone.push(range(member));
  } else {
    shape.staticPrivateFields.push(privateName);
    if (value) {
      shape.staticPrivateValues.push(range(value));
      shape.gone.push(range(value));
    }
  }
}

function hasPrivateClosures(node: ClassExpression): boolean {
  let found = false;
  const note = (around: { type: string }[]) => {
    found ||= around.some(
      ({ type }, index) => CLOSURE.test(type) && around[index - 1]?.type !== 'MethodDefinition',
    );
  };
  ancestor(node, {
    PrivateIdentifier: (_name, _state, around) => note(around),
    // Whose property is not visited.
    MemberExpression: ({ property }, _state, around) => {
      if (property.type === 'PrivateIdentifier') note(around);
    },
  });
  return found;
}

const CLOSURE = /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/;

function privateSetters({ body }: ClassExpression): Set<string> {
  const setters = body.body.flatMap((member) =>
    member.type === 'MethodDefinition' && member.kind === 'set' && member.key.type === 'PrivateIdentifier'
      ? [member.key.name]
      : [],
  );
  return new Set(setters);
}

function nameOf(key: PropertyDefinition['key']): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}
