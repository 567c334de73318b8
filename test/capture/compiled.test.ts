// What the TypeScript compiler makes for older targets and for decorators, run in another process.
import assert from 'node:assert/strict';
import test, { after, describe } from 'node:test';
import * as ts from 'typescript';
import { notebook } from '../support/capture/cell';
import { elsewhere } from '../support/capture/elsewhere';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

function compile(source: string, options: ts.CompilerOptions): Record<string, (...args: never[]) => unknown> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, esModuleInterop: true, ...options },
  });
  const { exports, cell } = notebook();
  cell(outputText);
  return exports;
}

const privateFields = `
class Purse {
  #coins = 1;
  static #made = 0;
  constructor(coins: number) { this.#coins = coins; Purse.#made++; }
  #double() { return this.#coins * 2; }
  add(n: number) { this.#coins += n; return this.#double() + Purse.#made; }
}
const purse = new Purse(5);
export const target = () => [purse.add(1), new Purse(2).add(0)];
`;

const asynchronous = `
import * as os from 'node:os';
import path from 'node:path';
class Base { async name() { return 'base'; } }
class Sub extends Base { async name() { const own = await super.name(); return own + '+sub'; } }
async function* numbers() { yield 1; yield* [2, 3]; }
export async function target(n: number) {
  const found = [];
  for await (const each of numbers()) found.push(each);
  const { a, ...rest } = { a: 1, b: 2, c: 3 };
  return [await new Sub().name(), found, rest, typeof os.cpus, path.basename('a/b'), [...new Set([n, n])]];
}
`;

const standardDecorators = `
const log: string[] = [];
function logged(method: any, context: any) {
  return function (this: any, ...args: any[]) { log.push(String(context.name)); return method.apply(this, args); };
}
function tagged(value: any) { value.tag = 'tagged'; }
@tagged
class Service {
  @logged run(n: number) { return n + 1; }
}
const service = new Service();
export const target = () => [service.run(1), new Service().run(2), log, (Service as any).tag];
`;

const legacyDecorators = `
function logged(_target: any, key: string, property: any) {
  const method = property.value;
  property.value = function (...args: any[]) { return key + ' ' + method.apply(this, args); };
}
class Service {
  @logged run(n: number) { return n + 1; }
}
const service = new Service();
export const target = () => [service.run(1), new Service().run(2)];
`;

describe('compiled code finds its helpers in another process:', () => {
  for (const target of [ts.ScriptTarget.ES2015, ts.ScriptTarget.ES2018, ts.ScriptTarget.ES2022]) {
    const name = ts.ScriptTarget[target];
    test(`private fields for ${name}`, () => {
      const { target: run } = compile(privateFields, { target });
      assert.deepEqual(elsewhere(run as () => unknown), [13, 6]);
    });

    test(`async functions, generators, rest and imports for ${name}`, () => {
      const { target: run } = compile(asynchronous, { target });
      const expected = ['base+sub', [1, 2, 3], { b: 2, c: 3 }, 'function', 'b', [7]];
      assert.deepEqual(elsewhere(run as () => unknown, 7), expected);
    });
  }

  test('standard decorators', () => {
    const { target } = compile(standardDecorators, { target: ts.ScriptTarget.ES2022 });
    assert.deepEqual(elsewhere(target as () => unknown), [2, 3, ['run', 'run'], 'tagged']);
  });

  test('decorators as they were before the standard', () => {
    const { target } = compile(legacyDecorators, {
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
    });
    assert.deepEqual(elsewhere(target as () => unknown), ['run 2', 'run 3']);
  });
});
