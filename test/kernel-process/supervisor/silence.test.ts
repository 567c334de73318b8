// When it is said that a session does not answer: the checks of its life as a table.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Silence } from '../../../kernel/kernel-process/supervisor/silence';

/** c: a check is sent, a: it is answered, w: the session writes; and after which of the checks it is told. */
const lives: [life: string, toldAt: number[]][] = [
  ['cccc', []],
  ['ccccc', [5]],
  ['ccccccccc', [5]],
  ['ccccacccc', []],
  ['cacacacaca', []],
  ['wcwcwcwcwcwc', []],
  ['wcwcccccc', [7]],
  ['cccccaccccc', [5, 10]],
];

for (const [life, toldAt] of lives) {
  test(`${life}: told ${toldAt.length === 0 ? 'never' : `at check ${toldAt.join(', ')}`}`, () => {
    const silence = new Silence();
    const told: number[] = [];
    let checks = 0;
    for (const each of life) {
      if (each === 'a') silence.answered();
      else if (each === 'w') silence.wrote();
      else {
        checks += 1;
        if (silence.isToBeTold()) told.push(checks);
      }
    }
    assert.deepEqual(told, toldAt);
  });
}
