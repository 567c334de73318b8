// Objects of Node and of JavaScript that hold nothing but what they were made of.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { NotSerializableError, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const queue = new Queue<object>();
const options = (format: object) => (format as Intl.NumberFormat).resolvedOptions();

const FORMATS = {
  'a currency': new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }),
  'a compact number': new Intl.NumberFormat('en', { notation: 'compact' }),
  'significant digits': new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }),
  'a unit': new Intl.NumberFormat('fr', { style: 'unit', unit: 'liter' }),
  'a style of dates': new Intl.DateTimeFormat('de', { dateStyle: 'full', timeZone: 'UTC' }),
  'parts of dates': new Intl.DateTimeFormat('en-US', {
    hour: 'numeric',
    hour12: true,
    timeZone: 'Asia/Tokyo',
  }),
  'the usual dates': new Intl.DateTimeFormat(),
  'an order of words': new Intl.Collator('sv', { numeric: true }),
  plurals: new Intl.PluralRules('en', { type: 'ordinal' }),
  'relative times': new Intl.RelativeTimeFormat('de', { numeric: 'auto' }),
  lists: new Intl.ListFormat('en', { type: 'disjunction' }),
  words: new Intl.Segmenter('en', { granularity: 'word' }),
  names: new Intl.DisplayNames('en', { type: 'region' }),
};

for (const [name, format] of Object.entries(FORMATS)) {
  test(`Intl: ${name}`, async () => {
    await queue.put(format);
    const there = await queue.get();
    assert.equal(Object.getPrototypeOf(there), Object.getPrototypeOf(format));
    assert.deepEqual(options(there), options(format));
  });
}

const OTHERS: readonly (readonly [made: object, says: (made: never) => unknown])[] = [
  [new Intl.Locale('de-AT'), String],
  [new TextEncoder(), (made: InstanceType<typeof TextEncoder>) => made.encode('é')],
  [
    new TextDecoder('latin1', { fatal: true }),
    ({ encoding, fatal }: InstanceType<typeof TextDecoder>) => [encoding, fatal],
  ],
  [
    new DOMException('no', 'AbortError'),
    ({ name, code, message, stack }: DOMException) => [name, code, message, stack],
  ],
  [new Headers({ a: 'b', c: 'd' }), (made: Headers) => [...made]],
  [AbortSignal.abort({ a: 1 }), ({ aborted, reason }: AbortSignal) => [aborted, reason]],
  [AbortSignal.abort(), ({ aborted, reason }: AbortSignal) => [aborted, (reason as Error).name]],
];

for (const [made, says] of OTHERS) {
  test(made.constructor.name, async () => {
    await queue.put([made, made]);
    const [there, again] = (await queue.get()) as [object, object];
    assert.equal(there.constructor, made.constructor);
    assert.equal(there, again);
    assert.deepEqual(says(there as never), says(made as never));
  });
}

test('a function closes over a format', async () => {
  const format = FORMATS['a currency'];
  const child = new Process({ target: () => queue.putSync([format.format(1234.5)]) });
  child.start();
  assert.deepEqual(await queue.get(), [format.format(1234.5)]);
  await child.join();
});

test('what holds more is refused, and says what to pass', async () => {
  await assert.rejects(queue.put(new Blob(['a'])), /it is a Blob.*arrayBuffer/);
  for (const other of [
    new AbortController().signal,
    new Response('a'),
    Object.create(Intl.NumberFormat.prototype),
  ]) {
    await assert.rejects(queue.put(other), NotSerializableError);
  }
});
