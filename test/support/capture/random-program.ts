// Writes programs of nested functions, blocks, loops and classes that share a few numbers, and the `arguments` of
// calls. Many variables have one name and one value, so that who looks at values alone takes them for each other.

/** Says which of so many; the program follows from what it says. */
export type Choose = (count: number) => number;

/** What the functions of a place may name of the function around it. */
interface Has {
  this?: boolean;
  arguments?: boolean;
}
const OF_CALL: Has = { arguments: true };
const OF_METHOD: Has = { this: true, arguments: true };

const DEPTH = 3;
const PUSHES = 9;

export function randomProgram(choose: Choose): string {
  return new ProgramWriter(choose).program();
}

class ProgramWriter {
  readonly #choose: Choose;
  #names = 0;
  #pushes = 0;

  constructor(choose: Choose) {
    this.#choose = choose;
  }

  program(): string {
    const body = this.#body(0, [], {});
    const calls = Array.from({ length: 12 }, () => this.#choose(64));
    return `const fs = [];\n${body}
      give(async () => {
        const said = [];
        for (const at of ${JSON.stringify(calls)}) said.push(fs.length > 0 ? await fs[at % fs.length]() : 'none');
        return said;
      });`;
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[this.#choose(items.length)] as Item;
  }

  #name(): string {
    return `k${this.#names++}`;
  }

  /** Statements. `visible` are numbers that may be assigned. */
  #body(depth: number, visible: readonly string[], has: Has): string {
    const own = this.#one([['x'], ['y'], ['x', 'y'], []]);
    const seen = [...visible, ...own];
    const lines = own.map((name) => `let ${name} = ${this.#choose(2)};`);
    const token = this.#choose(4) === 0 ? `const own${depth} = [];` : '';
    if (token !== '') lines.push(token, `fs.push(() => own${depth}.push(0));`);
    for (let left = 2 + this.#choose(3); left > 0; left--) {
      const isDeep = depth >= DEPTH || this.#pushes > PUSHES || this.#choose(2) === 0;
      lines.push(isDeep ? this.#push(seen, has) : this.#inner(depth + 1, seen, has));
    }
    return lines.join('\n');
  }

  #push(seen: readonly string[], has: Has): string {
    this.#pushes++;
    if (seen.length === 0) return 'fs.push(() => fs.length);';
    const [a, b] = [this.#one(seen), this.#one(seen)];
    const name = this.#name();
    const forms = [
      `fs.push(() => ++${a});`,
      `fs.push(() => [${a}, ${b}]);`,
      `fs.push(() => (${a} += 2));`,
      `fs.push(() => { ({ ${a} } = { ${a}: ${b} + 1 }); return { ${a}, ${b} }; });`,
      `fs.push(function ${name}() { return ${a}++ + ${b}; });`,
      `fs.push(async () => { await null; return (${a} *= 2); });`,
      `fs.push(() => [...(function* () { yield ++${a}; yield ${b}; })()]);`,
      `const ${name} = { m() { return --${a}; }, get g() { return [++${a}, ${b}]; } }; fs.push(${name}.m, () => ${name}.g);`,
      `class C${name} { static s() { return ++${a}; } f = () => ${b}; } fs.push(C${name}.s, new C${name}().f);`,
      `for (const _ of [0, 1]) fs.push(() => ++${a});`,
      `[0, 1].forEach(() => fs.push(() => ${a}--, () => ${a}));`,
      `function ${name}() { return ${a}++; } fs.push(${name}, () => ${name}() + ${b});`,
    ];
    if (has.arguments)
      forms.push(
        'fs.push(() => ++arguments[0]);',
        'fs.push(() => [...arguments]);',
        `fs.push(() => (arguments[1] = ${a}));`,
        `const a${name} = arguments; fs.push(() => (${a} -= a${name}[0]), () => a${name} === arguments);`,
      );
    if (has.this)
      forms.push(
        `fs.push(() => [++this.p, ${a}++]);`,
        'fs.push(() => (() => this.p)());',
        `fs.push(() => { const f = () => this.p--; return f(); });`,
      );
    return this.#one(forms);
  }

  #inner(depth: number, seen: readonly string[], around: Has): string {
    const name = this.#name();
    const body = (more: string[] = [], has = around) => this.#body(depth, [...seen, ...more], has);
    const forms: (() => string)[] = [
      () => `{ ${body()} }`,
      () => `for (let i = 0; i < 2; i++) { ${body(['i'])} if (i > 9) break; }`,
      () => `for (const _ of [0, 0]) { ${body()} }`,
      () => `for (let i of [1, 1]) { ${body(['i'])} }`,
      () => `{ let ${name} = 0; while (${name}++ < 2) { ${body()} } }`,
      () => `try { throw 1; } catch (e) { ${body(['e'])} }`,
      () => `switch (1) { case 1: ${body()} }`,
      () => `if (fs) { ${body()} } else { ${body()} }`,
      () => `const ${name} = (p) => { ${body(['p'])} }; ${name}(0); ${name}(0);`,
      () => `function ${name}(p = 1, [q] = [1]) { ${body(['p', 'q'], OF_CALL)} } ${name}(); ${name}();`,
      () =>
        `function ${name}(p, q) { ${body(['p', 'q'], OF_CALL)} } ${name}(0, 0); ${name}(0, 0, 1); ${name}(1);`,
      () => `const ${name} = { m(p) { ${body(['p'], OF_CALL)} } }; ${name}.m(0); ${name}.m(0);`,
      () => `[...(function* (p) { yield 1; ${body(['p'], OF_CALL)} yield 2; })(0)];`,
      () => `(() => { ${body()} })();`,
      () => `class ${name} { constructor(p) { this.p = p; ${body(['p'], OF_METHOD)} } m() { ${body([], OF_METHOD)} } static { ${body([], {})} } }
        const a${name} = new ${name}(0), b${name} = new ${name}(0); a${name}.m(); b${name}.m(); fs.push(() => [a${name}.p, b${name}.p++]);`,
    ];
    return this.#one(forms)();
  }
}
