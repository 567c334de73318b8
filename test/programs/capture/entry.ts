// A program as ts-node runs it: `node -r ts-node/register entry.ts`.
import * as os from 'node:os';
import { join } from 'node:path';
import * as acorn from 'acorn';
import { Greeter, scale } from './helper';

const { answer } = require('./answer.cjs');

interface Point {
  x: number;
}

let hits = 0;
export const factor = 10;
export function scaled(point: Point): number {
  hits++;
  return scale(point.x) * factor;
}

abstract class Base {
  abstract name: string;
  hello(): string {
    return `hello ${this.name}`;
  }
}
class Child extends Base {
  name = 'child';
  #secret = 4;
  static readonly kinds: string[] = ['a'];
  async secret(): Promise<number> {
    return this.#secret;
  }
}

async function target(point: Point, child: Child) {
  const lazy = await import('./helper');
  return [
    scaled(point),
    hits,
    child.hello(),
    await child.secret(),
    Child.kinds,
    new Greeter('Ada').greet(),
    lazy.scale(1),
    typeof os.cpus,
    join('a', 'b'),
    typeof acorn.parse,
    require('./helper').scale(2),
    require.main === module,
  ];
}

function fails(): never {
  interface Erased {
    of: 'the lines'; // so that compiled and written lines differ
  }
  const erased: Erased | undefined = undefined;
  throw new Error(`at the written line ${erased}`);
}

if (process.env.PART === 'fails') answer(fails);
else answer(target, { x: 2 }, new Child());
