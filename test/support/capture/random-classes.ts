// Writes programs of classes: alone and derived, made by functions, with private fields, methods and accessors.
import type { Choose } from './random-program';

const CLASSES = 5;

/** It gives its classes, one thing of each, a way to make another, and what can be asked of a thing. */
export function randomClasses(choose: Choose): string {
  const lines = Array.from({ length: CLASSES }, (_, at) => randomClass(choose, at));
  return `let shared = 1;
    const classes = [Object, Array];
    ${lines.join('\n')}
    const things = classes.slice(2).map((made, at) => new made(at + 1));
    const facts = (thing) => [
      classes.map((made) => thing instanceof made),
      classes.indexOf(thing.constructor),
      classes.map((made) => made.owns?.(thing) ?? 'does not say'),
      thing.said?.(), thing.plain, thing.message, Object.keys(thing),
    ];
    give({ things, facts, make: () => classes.slice(2).map((made, at) => new made(at + 1)) });`;
}

function randomClass(choose: Choose, at: number): string {
  const one = <Item>(items: readonly Item[]): Item => items[choose(items.length)] as Item;
  const base = one([
    '',
    '',
    ' extends Error',
    ...Array.from({ length: 2 * at }, (_, of) => ` extends classes[${2 + (of >> 1)}]`),
  ]);
  const field = `f${at}`;
  const start = base === '' ? '' : 'super(v);';
  const shapes = [
    { body: `constructor(v) { ${start} this.plain = v; }`, said: `'plain' + this.plain` },
    {
      body: `#${field}; constructor(v) { ${start} this.#${field} = v; }`,
      said: `this.#${field}`,
      isPrivate: true,
    },
    {
      body: `#${field} = [${at}]; plain = 'p'; constructor(v) { ${start} if (typeof v !== 'number') throw new TypeError('v'); this.#${field}.push(v); }`,
      said: `this.#${field}.join()`,
      isPrivate: true,
    },
    {
      body: `#${field} = 1; #m${at}() { return this.#${field}; } get #g${at}() { return [this.#m${at}(), shared]; } constructor(v) { ${start} this.#${field} = v; }`,
      said: `this.#g${at}.join()`,
      isPrivate: true,
    },
    {
      body: `static made = 0; constructor(v) { ${start} classes[${at + 2}].made++; this.plain = { v }; }`,
      said: `classes[${at + 2}].name`,
    },
    {
      body: `#${field} = new Map([[1, this]]); arrow = () => this.plain;`,
      said: `this.#${field}.get(1) === this`,
      isPrivate: true,
    },
  ];
  const { body, said, isPrivate } = one(shapes);
  const owns = isPrivate ? `static owns(o) { return #${field} in o; }` : '';
  const sup = base === '' || base === ' extends Error' ? '' : ` + '<' + super.said?.()`;
  const text = `class C${at}${base} { ${body} ${owns} said() { return ${said}${sup}; } }`;
  return one([
    `classes.push(${text});`,
    `${text.replace(`class C${at}`, `const K${at} = class`)}; classes.push(K${at});`,
    `{ const make = () => ${text}; make(); classes.push(make()); }`,
    `classes.push((() => { ${text} return C${at}; })());`,
  ]);
}
