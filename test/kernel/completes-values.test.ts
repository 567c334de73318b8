// Where a type says nothing, the completer knows what a value has; it looks at it, and runs nothing of it.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sharedKernel } from '../support/kernel/real-kernel';

const MADE = `
let runs = 0;
const ran = () => { runs++; throw new Error('ran'); };
const d: any = { alpha: 1, beta: { gamma: 2, 'two words': 3 }, list: [{ id: 1 }], get trap() { return ran(); } };
const traps = { get: ran, has: ran, ownKeys: ran, getPrototypeOf: ran, getOwnPropertyDescriptor: ran };
const proxied: any = new Proxy({ a: 1 }, traps);
const below: any = Object.create(proxied, { own: { value: 1 } });
const scores: Record<string, number> = { ada: 1, eve: 2 };
const text: any = 'abc';
const made: any = new (class { #secret = 1; method() { return this.#secret; } get g() { return ran(); } })();
const nothing: any = null;
process.env.PARLAB_TEST_COMPLETION = 'x';`;

const rows: readonly (readonly [code: string, matches: readonly string[]])[] = [
  ['d.|', ['alpha', 'beta', 'list', 'trap']],
  ['d.be|', ['beta']],
  ['d?.al|', ['alpha']],
  ['d.beta.|', ['gamma']],
  ["d.beta['|", ['gamma', 'two words']],
  ['d.list[0].|', ['id']],
  ['d.list.findLastI|', ['findLastIndex']],
  ['console.log(d.al|)', ['alpha']],
  ['d.trap.|', []],
  ['d.alpha().|', []],
  ['proxied.|', []],
  ['proxied.a.|', []],
  ['below.|', ['own']],
  ['scores.|', ['ada', 'eve']],
  ["scores['e|", ['eve']],
  ['text.trimS|', ['trimStart']],
  ['made.|', ['constructor', 'method', 'g']],
  ['nothing.|', []],
  ['process.env.PARLAB_TEST_C|', ['PARLAB_TEST_COMPLETION']],
];

describe('the completer', () => {
  const kernel = sharedKernel();
  before(async () => {
    const reply = await kernel.client.execute(MADE).done();
    assert.equal(reply.status, 'ok', JSON.stringify(reply));
  });

  const complete = (marked: string) =>
    kernel.client
      .request('complete_request', { code: marked.replace('|', ''), cursor_pos: marked.indexOf('|') })
      .done();

  for (const [code, matches] of rows) {
    test(`offers ${matches.join(', ') || 'nothing'} for ${code}`, async () => {
      const reply = await complete(code);
      assert.deepEqual(reply.status === 'ok' && reply.matches, matches);
    });
  }

  test('has run nothing of any value', async () => {
    const cell = kernel.client.execute('runs');
    await cell.done();
    assert.equal(cell.result, '0');
  });
});
