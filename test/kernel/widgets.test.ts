// Widgets and comms between a notebook and a front end, over real sockets: each side hears what the other changes.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Dictionary } from '../../kernel/kernel-process/protocol/shape';
import { sharedKernel } from '../support/kernel/real-kernel';

describe('a notebook with widgets', () => {
  const kernel = sharedKernel();
  before(async () => {
    await run(
      "import { AnyWidget, Button, Comm, Dropdown, HBox, IntProgress, IntSlider, registerTarget } from 'parlab/widgets';",
    );
  });

  async function run(code: string) {
    const cell = kernel.client.execute(code);
    const reply = await cell.done();
    assert.ok(reply.status === 'ok', `${code}: ${JSON.stringify(reply)}`);
    return cell;
  }

  const update = (comm_id: string, state: object) =>
    kernel.client.notify('comm_msg', { comm_id, data: { method: 'update', state, buffer_paths: [] } });

  const idOf = async (name: string): Promise<string> =>
    String((await run(`${name}.modelId`)).result).slice(1, -1);

  test('opens a model for a slider, with its layout and style, and shows its view', async () => {
    const cell = await run("const slider = new IntSlider({ value: 3, max: 10, description: 'n' }); slider");
    const opened = cell.contents('comm_open') as {
      target_name: string;
      data: { state: Dictionary };
      comm_id: string;
    }[];
    assert.deepEqual(
      opened.map(({ target_name, data }) => [target_name, data.state._model_name]),
      [
        ['jupyter.widget', 'LayoutModel'],
        ['jupyter.widget', 'SliderStyleModel'],
        ['jupyter.widget', 'IntSliderModel'],
      ],
    );
    const [layout, style, slider] = opened;
    const { value, max, readout_format, layout: layoutName, style: styleName } = slider?.data.state ?? {};
    assert.deepEqual(
      [value, max, readout_format, layoutName, styleName],
      [3, 10, 'd', `IPY_MODEL_${layout?.comm_id}`, `IPY_MODEL_${style?.comm_id}`],
    );
    const shown = cell.contents('execute_result')[0]?.data as Dictionary;
    assert.deepEqual(shown['application/vnd.jupyter.widget-view+json'], {
      version_major: 2,
      version_minor: 0,
      model_id: slider?.comm_id,
    });
    assert.match(String(shown['text/plain']), /^IntSlider\(.*value=3/);
  });

  test('reads what was moved in the front end, and echoes it', async () => {
    const moved = update(await idOf('slider'), { value: 7 });
    await moved.until(({ published }) => published.at(-1)?.content.execution_state === 'idle', 'idle');
    assert.deepEqual(
      moved.contents('comm_msg').map(({ data }) => data),
      [{ method: 'echo_update', state: { value: 7 }, buffer_paths: [] }],
    );
    assert.equal((await run('slider.value')).result, '7');
  });

  test('tells the front end what the notebook changes', async () => {
    const cell = await run("slider.value = 4; slider.readoutFormat = '03d'");
    assert.deepEqual(
      cell.contents('comm_msg').map(({ data }) => (data as Dictionary).state),
      [{ value: 4 }, { readout_format: '03d' }],
    );
  });

  test('prints under the cell that observes, however much later', async () => {
    const observing = await run(
      "slider.observe(({ name, old, new: value }) => console.log(name, old, '→', value), 'value');",
    );
    const id = await idOf('slider');
    update(id, { description: 'other' });
    await run('1');
    update(id, { value: 5 });
    await observing.until(() => observing.text('stdout') !== '', 'the change');
    assert.equal(observing.text('stdout'), 'value 4 → 5\n');
  });

  test('goes on when the slider has been moved, while the cell waits for it', async () => {
    const id = await idOf('slider');
    const waiting = kernel.client.execute("console.log('waiting'); await slider.changed('value')");
    await waiting.until(() => waiting.text('stdout') !== '', 'the cell to wait');
    update(id, { value: 9 });
    await waiting.done();
    assert.equal(waiting.result, '9');
  });

  test('shows an error in a handler under its cell, and goes on', async () => {
    const cell = await run(
      "const b = new Button({ description: 'Go' }); b.onClick(() => { throw new RangeError('no'); });",
    );
    const id = await idOf('b');
    kernel.client.notify('comm_msg', {
      comm_id: id,
      data: { method: 'custom', content: { event: 'click' } },
    });
    await cell.until(() => cell.contents('error').length > 0, 'the error');
    assert.equal(cell.contents('error')[0]?.ename, 'RangeError');
    await run('1');
  });

  test('chooses among values of any type', async () => {
    await run("const d = new Dropdown({ options: [['one', { n: 1 }], ['two', { n: 2 }]] });");
    assert.equal((await run('d.value?.n')).result, '1');
    update(await idOf('d'), { index: 1 });
    assert.equal((await run('d.value?.n')).result, '2');
  });

  test('puts widgets into a box by their names', async () => {
    const cell = await run('const box = new HBox({ children: [slider, b] });');
    const opened = cell.contents('comm_open').at(-1) as { data: { state: { children: string[] } } };
    assert.deepEqual(opened.data.state.children, [
      `IPY_MODEL_${await idOf('slider')}`,
      `IPY_MODEL_${await idOf('b')}`,
    ]);
  });

  test('sends bytes beside the state, both ways', async () => {
    const cell = kernel.client.execute(
      "const any = new AnyWidget({ esm: 'export default {}', state: { deep: { pixels: new Uint8Array([1, 2, 3]) } } });",
    );
    await cell.done();
    const opened = cell.messages('comm_open')[0];
    assert.deepEqual(opened?.content.data && (opened.content.data as Dictionary).buffer_paths, [
      ['deep', 'pixels'],
    ]);
    assert.deepEqual([...(opened?.buffers[0] ?? [])], [1, 2, 3]);
    kernel.client.notify(
      'comm_msg',
      {
        comm_id: await idOf('any'),
        data: { method: 'update', state: { deep: {} }, buffer_paths: [['deep', 'pixels']] },
      },
      [Buffer.from([4, 5])],
    );
    assert.equal((await run("[...any.get('deep').pixels]")).result, '[ 4, 5 ]');
  });

  test('shows the progress that a child process reports', async () => {
    const cell = await run(`
      import { Process } from 'parlab';
      const bar = new IntProgress({ max: 3 });
      const child = new Process({ target: () => { for (let i = 1; i <= 3; i++) bar.value = i; } });
      child.start();
      await child.join();
      child.exitcode`);
    assert.equal(cell.result, '0', cell.text('stderr'));
    assert.deepEqual(
      cell.contents('comm_msg').map(({ data }) => (data as Dictionary).state),
      [{ value: 1 }, { value: 2 }, { value: 3 }],
    );
  });

  test('tells a front end that comes later what there is', async () => {
    const comm = kernel.client.notify('comm_open', {
      comm_id: 'control',
      target_name: 'jupyter.widget.control',
      data: {},
    });
    await comm.until(({ published }) => published.at(-1)?.content.execution_state === 'idle', 'idle');
    const asked = kernel.client.notify('comm_msg', {
      comm_id: 'control',
      data: { method: 'request_states' },
    });
    await asked.until(({ published }) => published.at(-1)?.content.execution_state === 'idle', 'idle');
    const answer = asked.contents('comm_msg')[0]?.data as {
      method: string;
      states: Record<string, { state: Dictionary }>;
    };
    assert.equal(answer.method, 'update_states');
    assert.equal(answer.states[await idOf('slider')]?.state.value, 9);
  });

  test('offers targets of its own, answers on them, and lists what is open', async () => {
    const cell = await run(
      "registerTarget('echo', (comm, { data }) => { console.log('opened with', data.n); comm.onMsg(({ data }) => comm.send({ twice: Number(data.n) * 2 })); });",
    );
    kernel.client.notify('comm_open', { comm_id: 'e1', target_name: 'echo', data: { n: 1 } });
    const said = kernel.client.notify('comm_msg', { comm_id: 'e1', data: { n: 21 } });
    await cell.until(() => cell.text('stdout') !== '', 'the greeting');
    assert.equal(cell.text('stdout'), 'opened with 1\n');
    await cell.until(() => cell.contents('comm_msg').length > 0, 'the answer');
    assert.deepEqual(cell.contents('comm_msg')[0], { comm_id: 'e1', data: { twice: 42 } });
    await said.until(({ published }) => published.at(-1)?.content.execution_state === 'idle', 'idle');
    const info = await kernel.client.request('comm_info_request', { target_name: 'echo' }).done();
    assert.deepEqual(info.status === 'ok' && info.comms, { e1: { target_name: 'echo' } });
  });

  test('closes its comms with the session', async () => {
    const exit = kernel.client.execute('process.exit(0)');
    assert.equal((await exit.done()).status, 'error');
    const info = await kernel.client.request('comm_info_request', {}).done();
    assert.deepEqual(info.status === 'ok' && info.comms, {});
    assert.ok(
      kernel.client.others.some(({ type, content }) => type === 'comm_close' && content.comm_id === 'e1'),
    );
  });
});
