// What explore() found, as a notebook shows it: a table of plain HTML, which needs no trust, and the text.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Exploration, explore, Process, RawValue, replay } from '../../src';
import { explorationText, type Told } from '../../src/explore/exploration-text';
import type { OutcomeCount } from '../../src/explore/outcome';
import { trialsOf } from '../support/explore/trials';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

function shown(found: Exploration): { html: string; text: string } {
  const display = (found as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for('Jupyter.display')
  ];
  const { 'text/html': html = '', 'text/plain': text = '' } = display?.call(found) ?? {};
  return { html, text };
}

const rowsOf = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '|')),
  );

test('a row for each outcome: how many orders, what they come to, the smallest of them', async () => {
  const { lostUpdate } = trialsOf('programs');
  const found = await explore(lostUpdate!.program, { expect: 2 });
  const { html, text } = shown(found);
  assert.equal(text, String(found));
  assert.deepEqual(rowsOf(html), [
    ['', 'orders', 'come to', 'the smallest of them'],
    ['|✗|', '4||||', '1||It returned 1 and not 2.|', '|A B B A|'],
    ['', '2||||', '2', '|A A B B|'],
  ]);
});

test('a time that is printed has what was printed with it', async () => {
  const { outcomes } = await explore(async () => {
    console.time('work');
    console.timeLog('work', 'half', { done: 1 });
    console.timeEnd('work');
  });
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome.printed.join('')),
    ['work: 1ms half { done: 1 }\nwork: 1ms\n'],
  );
});

test('what is printed stays text, and nothing in it needs trust', async () => {
  const program = async () => {
    const child = new Process({ target: () => console.log('<script>alert(1)</script>') });
    child.start();
    await child.join();
  };
  const { html } = shown(await explore(program));
  assert.match(html, /&lt;script&gt;/);
  assert.doesNotMatch(html, /<(?:script|style|svg|iframe)|\son\w+=/);
});

test('what was not walked is said, and what real processors add', async () => {
  const x = new RawValue('int32', 0);
  const y = new RawValue('int32', 0);
  const program = async () => {
    const seen = new RawValue('int32', 0);
    const one = () => {
      x.value = 1;
      seen.value = 1 - y.value;
    };
    const other = () => {
      y.value = 1;
      if (x.value === 0 && seen.value === 1) console.log('both were first');
    };
    const both = [one, other].map((target) => new Process({ target }));
    for (const process of both) process.start();
    for (const process of both) await process.join();
  };
  const late = shown(await explore(program)).html;
  assert.match(late, /On a real processor, which lets what is written come out late/);
  const few = shown(await explore(program, { states: 5, orders: 20 })).html;
  assert.match(few, /Not walked: every order, for there are more than 5 states\./);
});

test('what real processors add is told as far as there is room, and how much more there is', () => {
  const counts = Array.from({ length: 11 }, (_, returned): OutcomeCount => {
    const outcome = { returned, printed: [], failures: [], hang: undefined };
    return { outcome, orders: 1n, isRight: true, why: undefined, code: 'late A' };
  });
  const found = { orders: 1n, isComplete: true, rungs: [{ name: 'every order' }], escapes: [] };
  const told = { ...found, outcomes: counts.slice(0, 1), lateWrites: { state: 'walked', outcomes: counts } };
  assert.match(
    explorationText(told as unknown as Told),
    /come out late, also: 0, 1, 2, 3, 4, 5, 6, 7, and 3 other outcomes\. Use a lock\.$/,
  );
});

test('a fault that ends as a sentence does gets no full stop', async () => {
  const program = () => 1;
  const { failing } = await explore(program, { expect: () => 'is that all?' });
  const { lines } = await replay(program, '', { expect: () => 'is that all?' });
  assert.equal(failing?.why, 'is that all?');
  assert.deepEqual(lines.length > 0, true);
  const shownReplay = shown((await replay(program, '', { expect: () => 'is that all?' })) as never).text;
  assert.match(shownReplay, /^The only order: is that all\?\n/);
});
