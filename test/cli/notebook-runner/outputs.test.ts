import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Cell, Output } from '../../../kernel/cli/notebook-runner/notebook-file';
import { Outputs } from '../../../kernel/cli/notebook-runner/outputs';
import { nothingLeft } from '../../support/processes/nothing-left';

after(nothingLeft);

function aCell(): Cell {
  return { cell_type: 'code', source: '', metadata: {} };
}

interface Case {
  title: string;
  published: [type: string, content: Record<string, unknown>][];
  outputs: Output[];
}

const stream = (name: string, text: string): [string, Record<string, unknown>] => ['stream', { name, text }];
const shown = (text: string, id?: string): Record<string, unknown> => ({
  data: { 'text/plain': text },
  metadata: {},
  ...(id ? { transient: { display_id: id } } : {}),
});
const stored = (text: string): Output => ({
  output_type: 'display_data',
  data: { 'text/plain': [text] },
  metadata: {},
});

const cases: Case[] = [
  {
    title: 'text of one stream becomes one output, split into its lines',
    published: [stream('stdout', 'a\nb'), stream('stdout', 'c\n')],
    outputs: [{ output_type: 'stream', name: 'stdout', text: ['a\n', 'bc\n'] }],
  },
  {
    title: 'streams that take turns keep their order',
    published: [stream('stdout', 'a'), stream('stderr', 'b'), stream('stdout', 'c')],
    outputs: [
      { output_type: 'stream', name: 'stdout', text: ['a'] },
      { output_type: 'stream', name: 'stderr', text: ['b'] },
      { output_type: 'stream', name: 'stdout', text: ['c'] },
    ],
  },
  {
    title: 'an update changes what was displayed before',
    published: [
      ['display_data', shown('old', 'x')],
      ['update_display_data', shown('new', 'x')],
    ],
    outputs: [stored('new')],
  },
  {
    title: 'what an update empties leaves nothing',
    published: [
      ['display_data', shown('old', 'x')],
      stream('stdout', 'a'),
      ['update_display_data', { ...shown('', 'x'), data: {} }],
    ],
    outputs: [{ output_type: 'stream', name: 'stdout', text: ['a'] }],
  },
  {
    title: 'what was emptied and comes back stands at the end',
    published: [
      ['display_data', shown('old', 'x')],
      ['update_display_data', { ...shown('', 'x'), data: {} }],
      stream('stdout', 'a'),
      ['update_display_data', shown('new', 'x')],
    ],
    outputs: [{ output_type: 'stream', name: 'stdout', text: ['a'] }, stored('new')],
  },
  {
    title: 'an update of an unknown display is dropped',
    published: [['update_display_data', shown('new', 'x')]],
    outputs: [],
  },
  {
    title: 'clear_output empties at once',
    published: [stream('stdout', 'a'), ['clear_output', { wait: false }]],
    outputs: [],
  },
  {
    title: 'clear_output with wait empties when the next output comes',
    published: [stream('stdout', 'a'), ['clear_output', { wait: true }], stream('stdout', 'b')],
    outputs: [{ output_type: 'stream', name: 'stdout', text: ['b'] }],
  },
  {
    title: 'a picture in base64 stays one string',
    published: [['display_data', { data: { 'image/png': 'iVBO\nRw0K' }, metadata: {} }]],
    outputs: [{ output_type: 'display_data', data: { 'image/png': 'iVBO\nRw0K' }, metadata: {} }],
  },
  {
    title: 'an error is kept with its traceback, without the fields of the protocol',
    published: [['error', { ename: 'E', evalue: 'v', traceback: ['t'], extra: 1 }]],
    outputs: [{ output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] }],
  },
];

for (const { title, published, outputs } of cases) {
  test(title, () => {
    const cell = aCell();
    const notebook = new Outputs();
    notebook.begin(cell);
    for (const [type, content] of published) notebook.add(cell, { type, content });
    assert.deepEqual(cell.outputs, outputs);
  });
}

test('an update reaches the display of an earlier cell', () => {
  const notebook = new Outputs();
  const [first, second] = [aCell(), aCell()];
  notebook.begin(first);
  notebook.add(first, { type: 'display_data', content: shown('old', 'x') });
  notebook.begin(second);
  notebook.add(second, { type: 'update_display_data', content: shown('new', 'x') });
  assert.deepEqual([first.outputs, second.outputs], [[stored('new')], []]);
});

test('a result carries the number of its cell', () => {
  const cell = aCell();
  const notebook = new Outputs();
  notebook.begin(cell);
  notebook.add(cell, { type: 'execute_input', content: { execution_count: 7 } });
  notebook.add(cell, { type: 'execute_result', content: { ...shown('2'), execution_count: 7 } });
  assert.equal(cell.execution_count, 7);
  assert.equal(cell.outputs?.[0]?.execution_count, 7);
});
