// A program of ES modules.

import fs, { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as acorn from 'acorn';
import * as helper from './helper.mjs';
import triple, { LIMIT, Timer } from './helper.mjs';

const { answer } = createRequire(import.meta.url)('./answer.cjs');
let count = 1;
const bump = () => ++count;

class Alarm extends Timer {
  ring() {
    return `ring ${this.ticks}`;
  }
}

async function target(alarm) {
  bump();
  const lazy = await import('./helper.mjs');
  return [
    triple(2),
    helper.quadruple(2),
    lazy.default(1),
    LIMIT,
    alarm.ring(),
    alarm instanceof Timer,
    count,
    typeof os.cpus,
    typeof fs.readFileSync,
    existsSync('/'),
    typeof acorn.parse,
    import.meta.url.endsWith('entry.mjs'),
    import.meta.dirname === process.env.HERE,
  ];
}
process.env.HERE = import.meta.dirname;
answer(target, new Alarm());
