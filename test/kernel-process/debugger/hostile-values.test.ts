// All ways to look at a variable, and values that throw, never end or count when somebody looks: each way answers, and only where a
// person asked for it has something of the value run.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { DebugClient } from '../../support/kernel/debug-client';
import { sharedKernel } from '../../support/kernel/real-kernel';

const MADE = `
let runs = 0;
const ran = (): never => { runs++; throw new Error('ran'); };
const loop = (): never => { runs++; for (;;); };
const traps = (trap: () => never): any =>
  Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, trap]));
const tag = Symbol.toStringTag, custom = Symbol.for('nodejs.util.inspect.custom'), shown = Symbol.for('Jupyter.display');
function revoked(target: any): any { const { proxy, revoke } = Proxy.revocable(target, {}); revoke(); return proxy; }
`;

/** Each as JavaScript, by the name of its variable. */
const values: { [name: string]: string } = {
  throwing: 'new Proxy({ a: 1 }, traps(ran))',
  looping: 'new Proxy({ a: 1 }, traps(loop))',
  called: 'new Proxy(() => {}, traps(loop))',
  list: 'new Proxy([1, 2], traps(loop))',
  below: 'Object.create(new Proxy({}, traps(loop)), { own: { value: 1, enumerable: true } })',
  gone: 'revoked({})',
  goneList: 'revoked([1])',
  goneFunction: 'revoked(() => 1)',
  getters: '({ a: 1, get throws() { return ran(); }, get loops() { return loop(); } })',
  tagged: '({ get [tag]() { return ran(); } })',
  loopTagged: '({ get [tag]() { return loop(); } })',
  inspects: '({ [custom]() { return loop(); } })',
  displays: '({ [shown]() { return loop(); } })',
  displaysNever: '({ async [shown]() { await new Promise(() => {}); } })',
  thenable: '({ then() { return loop(); } })',
  texts: '({ toString: loop, valueOf: loop, toJSON: loop, [Symbol.toPrimitive]: loop })',
  error: "Object.defineProperty(new Error('x'), 'message', { get: loop })",
  causes: "Object.defineProperty(new Error('x'), 'cause', { get: loop })",
  stacked: "Object.defineProperty(new Error('x'), 'stack', { get: loop })",
  made: 'new (class { static get [Symbol.species]() { return loop(); } #a = 1; get b() { return loop(); } })()',
  named: "Object.defineProperty(function () {}, 'name', { get: loop })",
  constructed: "Object.create(Object.defineProperty({}, 'constructor', { get: loop }))",
  map: 'Object.assign(new Map(Array.from({ length: 150 }, (_, i) => [i, i])), { entries: loop, [Symbol.iterator]: loop, get: loop })',
  set: 'Object.assign(new Set([1]), { values: loop, [Symbol.iterator]: loop, has: loop })',
  items: 'Object.assign(Array.from({ length: 150 }, (_, i) => i), { map: loop, [Symbol.iterator]: loop })',
  trappedItems:
    'Object.defineProperty(Array.from({ length: 150 }, (_, i) => i), 3, { get: loop, enumerable: true })',
  rows: '[{ get a() { return loop(); } }, new Proxy({}, traps(loop)), revoked({})]',
};

describe('a value that does harm when it is looked at', () => {
  const kernel = sharedKernel();
  let client: DebugClient;
  before(async () => {
    client = new DebugClient(kernel);
    const lines = Object.entries(values).map(([name, value]) => `const ${name}: any = ${value};`);
    const reply = await kernel.client.execute([MADE, ...lines].join('\n')).done();
    assert.equal(reply.status, 'ok', JSON.stringify(reply));
    await client.attach();
  });

  const runs = async () => (await client.ask('evaluate', { expression: 'runs' })).result;
  const quiet: { [way: string]: (name: string) => Promise<unknown> } = {
    inspectVariables: () => client.ask('inspectVariables'),
    'variables, one in the other': async (name) => {
      const { variables } = await client.ask('inspectVariables');
      const found = variables.find((each) => each.name === name);
      assert.ok(found, name);
      const reference = found.variablesReference;
      const inner = reference > 0 ? await client.variables(reference) : [];
      for (const each of inner) {
        if (each.variablesReference > 0 && each.value !== '(getter)')
          await client.variables(each.variablesReference);
      }
    },
    evaluate: (expression) => client.answer('evaluate', { expression }),
    hover: (expression) => client.answer('evaluate', { expression, context: 'hover' }),
    inspect_request: (code) =>
      kernel.client.request('inspect_request', { code, cursor_pos: code.length, detail_level: 1 }).done(),
    complete_request: (name) =>
      kernel.client.request('complete_request', { code: `${name}.`, cursor_pos: name.length + 1 }).done(),
  };

  for (const [way, look] of Object.entries(quiet)) {
    test(`is not run by ${way}`, async () => {
      for (const name of Object.keys(values)) {
        await look(name);
        assert.equal(await runs(), '0', name);
      }
    });
  }

  test('is told by a sentence where V8 itself would run it', async () => {
    const shown = (await client.ask('inspectVariables')).variables;
    for (const name of ['below', 'error', 'stacked']) {
      const { result } = await client.ask('evaluate', { expression: name });
      const text = '(not shown: to look at it would run its code)';
      assert.deepEqual([result, shown.find((each) => each.name === name)?.value], [text, text]);
    }
  });

  test('runs for a person who opens a getter or asks for its picture, and is ended if it does not end', async () => {
    const { variables } = await client.ask('inspectVariables');
    const inner = await client.variables(
      variables.find(({ name }) => name === 'getters')?.variablesReference ?? 0,
    );
    const opened = async (name: string) =>
      (await client.variables(inner.find((each) => each.name === name)?.variablesReference ?? 0))[0]?.value;
    assert.equal(await opened('throws'), '(threw Error: ran)');
    assert.match((await opened('loops')) ?? '', /^\(threw Error: Script execution timed out after \d+ms\)$/);
    const picture = (variableName: string) => client.answer('richInspectVariables', { variableName });
    const [never, loops] = await Promise.all([picture('displaysNever'), picture('displays')]);
    assert.ok(never.success && loops.success, JSON.stringify([never, loops]));
    assert.equal((await kernel.client.execute('1 + 1').done()).status, 'ok');
  });
});
