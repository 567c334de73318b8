// Output of children to a host: tagged with the work that started them, in true order, whole, and never lost.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { deserialize } from 'node:v8';
import { type Frame, FrameDecoder } from '../../src/host/frames';
import { compiled } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of ['process', 'thread'] as const) {
  describe(`with the start method '${method}'`, () => {
    test('a child writes to the host under the tag of what started it, also when another runs', async () => {
      const { frames, outside } = await hostedFrames(method);
      assert.equal(outside, '', 'something was written past the host');
      assert.deepEqual(texts(frames, 'cell 1', 'stdout'), [
        'before\n',
        'from the child\n',
        `${'x'.repeat(10_000)}\n`,
        'from the nested one\n',
      ]);
      assert.deepEqual(texts(frames, 'cell 2', 'stdout'), ['after\n', 'joined\n']);
      const [error, failure, ...more] = texts(frames, 'cell 1', 'stderr');
      assert.equal(error, 'its error\n');
      assert.match(
        stripVTControlCharacters(failure ?? ''),
        /^Process-1:\nError: it failed\n {4}at .*hosted\.ts:19:/,
      );
      assert.deepEqual(more, []);
    });

    test('what a child writes and reports arrives in the order it was written', async () => {
      const { frames } = await hostedFrames(method);
      const child = frames.find((frame) => frame.payload.toString() === 'from the child\n')?.writer;
      const kinds = frames
        .filter(({ writer }) => writer.pid === child?.pid && writer.thread === child.thread)
        .map(({ kind }) => kind);
      assert.deepEqual(kinds, ['stdout', 'stderr', 'report', 'stdout', 'stderr']);
    });

    test('a child reports to the host, and the host finds the children of a tag', async () => {
      const { frames } = await hostedFrames(method);
      const reports = frames.filter(({ kind }) => kind === 'report');
      const of = (tag: string) =>
        reports.filter((each) => each.tag === tag).map(({ payload }) => deserialize(payload));
      assert.deepEqual(of('cell 1'), [{ from: 'child', list: [1, 2, 3] }]);
      assert.deepEqual(of('cell 2'), [[1, 0]]);
    });
  });
}

function texts(frames: Frame[], tag: string, kind: Frame['kind']): string[] {
  return frames
    .filter((frame) => frame.tag === tag && frame.kind === kind)
    .map(({ payload }) => payload.toString());
}

function hostedFrames(method: string): Promise<{ frames: Frame[]; outside: string }> {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  let outside = '';
  const program = spawn(process.execPath, [compiled('hosted')], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, PARLAB_START_METHOD: method },
  });
  for (const stream of [program.stdout, program.stderr])
    stream?.on('data', (bytes: Buffer) => (outside += bytes));
  program.stdio[3]?.on('data', (bytes: Buffer) => frames.push(...decoder.push(bytes)));
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('close', () => resolve({ frames: [...frames, ...decoder.end()], outside }));
  });
}

after(nothingLeft);
