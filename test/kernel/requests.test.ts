// What a front end gets for each type of request, over a transport in memory and a session without a compiler.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { errorTitle } from '../../src/host/error-title';
import { startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';

describe('the kernel', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory();
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  for (const channel of ['shell', 'control'] as const) {
    test(`tells what it is on ${channel}, without loading the compiler`, async () => {
      const reply = await kernel.client.request('kernel_info_request', {}, channel).done();
      assert.equal(reply.status, 'ok');
      assert.equal(reply.language_info.name, 'typescript');
      assert.equal(reply.language_info.version, require('typescript/package.json').version);
      assert.deepEqual(reply.supported_features, ['debugger', 'kernel subshells']);
    });
  }

  test('announces every request as busy, then everything about it, then idle', async () => {
    const cell = kernel.client.execute('print("a"); warn("b"); print("c"); return 4');
    const reply = await cell.done();
    assert.equal(reply.status, 'ok');
    assert.deepEqual(
      cell.published.map(({ type, content }) => content.execution_state ?? content.text ?? type),
      ['busy', 'execute_input', 'a', 'b', 'c', 'execute_result', 'idle'],
    );
    assert.equal(cell.result, '4');
  });

  test('says in the reply when the cell began', async () => {
    const { metadata } = await kernel.client.execute('1').replyMessage();
    assert.ok(Math.abs(Date.parse(String(metadata.started)) - Date.now()) < 60_000);
  });

  test('counts a cell unless it is silent or not to be stored', async () => {
    const count = async (more: object) => {
      const reply = await kernel.client.execute('1', { ...more }).done();
      return reply.status === 'ok' ? reply.execution_count : NaN;
    };
    const first = await count({});
    assert.equal(await count({}), first + 1);
    assert.equal(await count({ silent: true }), first + 1);
    assert.equal(await count({ store_history: false }), first + 1);
    assert.equal(await count({}), first + 2);
  });

  test('publishes nothing about a silent cell', async () => {
    const cell = kernel.client.execute('print("hidden"); show({ type: "cleared", wait: true }); return 1', {
      silent: true,
    });
    await cell.done();
    assert.deepEqual(
      cell.published.map(({ content }) => content.execution_state),
      ['busy', 'idle'],
    );
  });

  test('shows an error and repeats it in the reply', async () => {
    const cell = kernel.client.execute('throw new RangeError("too far")');
    const reply = await cell.done();
    assert.deepEqual([reply.status, reply.status === 'error' && reply.ename], ['error', 'RangeError']);
    assert.deepEqual(cell.contents('error'), [
      { ename: 'RangeError', evalue: 'too far', traceback: ['RangeError: too far'] },
    ]);
  });

  test('shows what the compiler refuses and does not run it', async () => {
    const cell = kernel.client.execute('print("ran") /* TYPE ERROR */');
    assert.equal((await cell.done()).status, 'error');
    assert.equal(cell.contents('error')[0]?.ename, 'TypeScriptError');
    assert.equal(cell.text('stdout'), '');
  });

  const unsayable: [what: string, bundle: string, sentence: RegExp][] = [
    ['a bigint', '{ "application/json": 1n }', /NotShown.*cannot be shown: .*BigInt.*only what JSON can say/],
    ['a cycle', '(() => { const a = {}; a.a = a; return a; })()', /NotShown.*cannot be shown: .*circular/],
  ];
  for (const [what, bundle, sentence] of unsayable) {
    test(`answers and gets idle also when a result holds ${what}, and shows why`, async () => {
      const cell = kernel.client.execute(`show({ type: "returned", bundle: ${bundle} })`);
      const reply = await cell.done();
      assert.ok(reply.status === 'error');
      assert.match(`${reply.ename}: ${reply.evalue}`, sentence);
      const { ename, evalue, traceback } = reply;
      assert.deepEqual(cell.contents('error'), [{ ename, evalue, traceback }]);
      assert.equal(kernel.log.length, 0);
      const next = await kernel.client.execute('1').done();
      assert.deepEqual([next.status, next.execution_count], ['ok', reply.execution_count + 1]);
    });
  }

  test('shows a fault of its own under the cell, with what to do, and logs where it happened', async () => {
    kernel.cells.convert = () => {
      throw new TypeError('it broke\nhere');
    };
    const failing = kernel.client.execute('1');
    const reply = await failing.done();
    delete (kernel.cells as Partial<typeof kernel.cells>).convert;
    assert.ok(reply.status === 'error');
    assert.match(
      reply.evalue,
      /^The kernel failed at this cell \(TypeError: it broke\)\. Your variables are still there: run the cell again.*$/,
    );
    assert.equal(failing.contents('error')[0]?.evalue, reply.evalue);
    assert.match(
      kernel.log.splice(0).join(),
      /execute_request could not be answered: TypeError: it broke[\s\S]*requests\.test/,
    );
    const next = await kernel.client.execute('1').done();
    assert.deepEqual([next.status, next.execution_count], ['ok', reply.execution_count + 1]);
  });

  test('says what to do when no more files can be opened', async () => {
    kernel.cells.convert = () => {
      throw Object.assign(new Error('spawn EMFILE'), { code: 'EMFILE' });
    };
    const cell = kernel.client.execute('1');
    const reply = await cell.done();
    delete (kernel.cells as Partial<typeof kernel.cells>).convert;
    assert.match(
      reply.status === 'error' ? reply.evalue : '',
      /can open no more files \(EMFILE\): close files/,
    );
    kernel.log.length = 0;
  });

  test('shows no error of a silent cell', async () => {
    const cell = kernel.client.execute('show({ type: "returned", bundle: 1n })', { silent: true });
    await cell.done();
    assert.deepEqual(cell.contents('error'), []);
  });

  test('tells the cells that wait behind one that fails, in one line, that they were not run', async () => {
    const failing = kernel.client.execute(
      'await new Promise((go) => setTimeout(go, 50)); throw new Error("first")',
    );
    const waiting = kernel.client.execute('print("ran")');
    const silent = kernel.client.execute('print("ran")', { silent: true });
    const replies = [await failing.done(), await waiting.done(), await silent.done()];
    assert.deepEqual(
      replies.map((reply) => reply.status === 'error' && reply.ename),
      ['Error', 'NotRun', 'NotRun'],
    );
    const [first, second] = replies;
    assert.equal(second?.execution_count, first?.execution_count);
    const evalue = 'This cell was not run, because an earlier cell failed.';
    const traceback = [errorTitle('NotRun', evalue)];
    assert.deepEqual(waiting.contents('error'), [{ ename: 'NotRun', evalue, traceback }]);
    assert.deepEqual(silent.contents('error'), []);
    assert.equal(waiting.text('stdout'), '');
    assert.equal((await kernel.client.execute('1').done()).status, 'ok');
  });

  test('runs the cells behind one that fails if it was asked to', async () => {
    const failing = kernel.client.execute('throw new Error("first")', { stop_on_error: false });
    const waiting = kernel.client.execute('print("ran")');
    await failing.done();
    assert.equal((await waiting.done()).status, 'ok');
    assert.equal(waiting.text('stdout'), 'ran');
  });

  test('evaluates user expressions, each with its own value or error', async () => {
    const reply = await kernel.client
      .execute('variables.n = 6', { user_expressions: { good: 'variables.n', bad: 'nowhere' } })
      .done();
    assert.ok(reply.status === 'ok');
    const { good, bad } = reply.user_expressions as Record<string, Record<string, unknown>>;
    assert.equal(good?.status, 'ok');
    assert.deepEqual([bad?.status, bad?.ename], ['error', 'ReferenceError']);
  });

  test('answers completions and documentation while a cell runs, and then says that it is still busy', async () => {
    const cell = kernel.client.execute('await untilInterrupted()');
    await cell.until(({ published }) => published.length === 2, 'the cell to begin');
    const completion = kernel.client.request('complete_request', { code: 'a.b', cursor_pos: 3 });
    assert.deepEqual(await completion.done(), {
      status: 'ok',
      matches: ['b!'],
      cursor_start: 2,
      cursor_end: 3,
      metadata: { _jupyter_types_experimental: [{ start: 2, end: 3, text: 'b!', type: 'property' }] },
    });
    await cell.until(({ published }) => published.at(-1)?.content.execution_state === 'busy', 'busy again');
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.equal(reply.status, 'error');
    assert.equal(cell.published.at(-1)?.content.execution_state, 'idle');
  });

  test('counts an emoji before the cursor as one', async () => {
    const code = '"😀👍".le';
    const reply = await kernel.client.request('complete_request', { code, cursor_pos: 7 }).done();
    assert.ok(reply.status === 'ok');
    assert.deepEqual([reply.matches, reply.cursor_start, reply.cursor_end], [['le!'], 5, 7]);
    const inspected = await kernel.client.request('inspect_request', { code, cursor_pos: 5 }).done();
    assert.deepEqual(inspected.status === 'ok' && inspected.data, {
      'text/plain': 'the word at 7',
      'text/markdown': '*the word at 7*',
    });
  });

  test('says that nothing is known where there is nothing', async () => {
    const reply = await kernel.client.request('inspect_request', { code: 'a b', cursor_pos: 1 }).done();
    assert.equal(reply.status === 'ok' && reply.found, false);
  });

  test('tells whether code is complete', async () => {
    const status = async (code: string) =>
      (await kernel.client.request('is_complete_request', { code }).done()).status;
    assert.deepEqual([await status('1'), await status('if (a) {')], ['complete', 'incomplete']);
  });

  test('finds its history by tail, range and pattern, after the cells before the question', async () => {
    const search = { hist_access_type: 'search', pattern: 'variables.h*', output: true };
    for (const code of ['variables.h1 = 1', 'return variables.h1', 'variables.h1 = 1'])
      void kernel.client.execute(code);
    const found = await kernel.client.request('history_request', search).done();
    assert.ok(found.status === 'ok');
    assert.deepEqual(
      found.history.map((entry) => entry[2]),
      [
        ['variables.h1 = 1', null],
        ['variables.h1 = 1', null],
      ],
    );
    const tail = await kernel.client.request('history_request', { hist_access_type: 'tail', n: 2 }).done();
    assert.ok(tail.status === 'ok');
    assert.deepEqual(
      tail.history.map((entry) => entry[2]),
      ['return variables.h1', 'variables.h1 = 1'],
    );
    const [session, line] = tail.history[0] as [number, number];
    const range = { hist_access_type: 'range', session, start: line, stop: line + 1, output: true };
    const one = await kernel.client.request('history_request', range).done();
    assert.deepEqual(one.status === 'ok' && one.history, [[session, line, ['return variables.h1', '1']]]);
  });

  test('closes a comm that it does not know, so that the front end need not wait', async () => {
    const comm = kernel.client.notify('comm_open', {
      comm_id: 'c1',
      target_name: 'jupyter.widget.control',
      data: {},
    });
    await comm.until(({ published }) => published.length === 3, 'three messages');
    assert.deepEqual(
      comm.published.map(({ type }) => type),
      ['status', 'comm_close', 'status'],
    );
    // A front end says at once what it opened the comm for: to be told twice it would call a fault.
    const said = kernel.client.notify('comm_msg', { comm_id: 'c1', data: { method: 'request_states' } });
    await said.until(({ published }) => published.at(-1)?.content.execution_state === 'idle', 'idle');
    assert.deepEqual(
      said.published.map(({ type }) => type),
      ['status', 'status'],
    );
    const info = await kernel.client.request('comm_info_request', {}).done();
    assert.deepEqual(info, { status: 'ok', comms: {} });
  });

  test('tells under the cell that a comm message cannot be sent, and goes on', async () => {
    const event = '{ type: "sent", comm: "c", data: { big: 1n }, metadata: {}, buffers: [] }';
    const cell = kernel.client.execute(`show({ type: "comm", event: ${event} }); return 3`);
    assert.equal((await cell.done()).status, 'ok');
    assert.match(cell.text('stderr'), /^A message to a widget cannot be sent: .*BigInt/);
    assert.equal(cell.result, '3');
  });

  test('asks the front end and gives the answer to the cell', async () => {
    kernel.client.onInput = (prompt) => `${prompt} Ada`;
    const cell = kernel.client.execute('return ask("Name?")');
    await cell.done();
    assert.equal(cell.result, 'Name? Ada');
  });

  test('says why when a front end cannot be asked', async () => {
    const cell = kernel.client.execute('return ask("Name?")', { allow_stdin: false });
    assert.equal((await cell.done()).status, 'error');
  });

  test('ends a question that is interrupted, and drops the answer that comes too late', async () => {
    const asked = new Promise<string>((resolve) => {
      kernel.client.onInput = (prompt) => void resolve(prompt);
    });
    const cell = kernel.client.execute('return ask("Name?")');
    await asked;
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'Interruption');
    kernel.client.answer('too late');
    kernel.client.onInput = () => 'in time';
    const next = kernel.client.execute('return ask("Again?")');
    await next.done();
    assert.equal(next.result, 'in time');
  });

  test('does not begin a cell that is interrupted while it is compiled', async () => {
    const cell = kernel.client.execute('print("began")');
    void kernel.client.interrupt();
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
    assert.equal(cell.text('stdout'), '');
  });

  test('asks two questions of one cell one after the other', async () => {
    kernel.client.onInput = (prompt) => `${prompt}!`;
    const cell = kernel.client.execute('return Promise.all([ask("a"), ask("b")])');
    await cell.done();
    assert.equal(cell.result, 'a!,b!');
  });

  test('refuses a question that its cell did not wait for', async () => {
    kernel.client.onInput = () => undefined;
    const cell = kernel.client.execute('ask("Name?").catch((error) => print(error.message))');
    await cell.done();
    await cell.until(() => cell.text('stdout') !== '', 'the refusal');
    assert.match(cell.text('stdout'), /came when its cell had ended/);
  });

  test('welcomes who subscribes to its publications', async () => {
    kernel.transport.subscribe('');
    await new Promise((go) => setTimeout(go, 20));
    assert.deepEqual(kernel.client.others.at(-1), {
      type: 'iopub_welcome',
      content: { subscription: '' },
      buffers: [],
    });
  });

  test('began with the status starting', () => {
    assert.deepEqual(kernel.client.others[0], {
      type: 'status',
      content: { execution_state: 'starting' },
      buffers: [],
    });
  });

  test('answers a request whose content is wrong with the field that is, and shows it', async () => {
    const cell = kernel.client.request('execute_request', { code: 5 });
    const reply = await cell.done();
    assert.ok(reply.status === 'error');
    assert.equal(reply.evalue, 'The field content.code must be a text, not number.');
    assert.equal(cell.contents('error')[0]?.evalue, reply.evalue);
  });

  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  for (const part of ['header', 'parent', 'metadata', 'content'] as const) {
    test(`answers a cell with 100,000 lists in lists in its ${part}, and the cells behind it`, async () => {
      const sent = kernel.client.execute('return 7', {}, undefined, (frames, at) => {
        const text = frames[at[part]] as string;
        const field = text === '{}' ? '"x":' : ',"x":';
        frames[at[part]] = `${text.slice(0, -1)}${field}${deep(100_000)}}`;
      });
      const next = kernel.client.execute('return 8');
      assert.equal((await sent.done()).status, 'ok');
      await next.done();
      assert.deepEqual([sent.result, next.result], ['7', '8']);
    });
  }
});
