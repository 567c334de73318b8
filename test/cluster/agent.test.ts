// What a host does with a chunk and with what is printed, without a broker.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers } from '@nats-io/transport-node';
import { Output, tagFor } from '../../src/cluster/agent/output';
import { Held } from '../../src/cluster/agent/slot';
import { HEAD, type Printed } from '../../src/cluster/pool/conversation';
import { myVersions } from '../../src/cluster/versions';
import { encodeFrames } from '../../src/host/frames';
import { hostFd } from '../../src/host/output';
import { writeFully } from '../../src/host/write-fully';

test('a chunk for which no child can be had goes back to the broker', async () => {
  const said: string[] = [];
  const marks = headers();
  marks.set(HEAD, JSON.stringify({ pool: 'a', work: 1, chunk: 1, count: 1, versions: myVersions() }));
  const message = {
    headers: marks,
    publishedAt: Date.now(),
    nak: (ms: number) => said.push(`again in ${ms} ms`),
    working: () => said.push('kept'),
  };
  const host = {
    broker: { nc: { publish() {} }, names: { began: () => 'began' } },
    pools: { isStopped: () => false },
    hands: {
      take() {
        throw new Error('no more processes');
      },
      giveBack: () => assert.fail('there is none to give back'),
    },
    log: (line: string) => said.push(line),
  };
  assert.equal(await new Held(host as never, message as never).run(), undefined);
  assert.deepEqual(said, ['a chunk could not be run: no more processes', 'again in 2000 ms']);
});

test('what is printed fits into messages: a long text in pieces, in place of a long report a sentence', () => {
  const sent: [string, readonly Printed[]][] = [];
  const output = new Output(
    (pool, printed) => sent.push([pool, printed]),
    () => 2048,
  );
  const writer = { pid: 1, thread: 0 };
  const print = (kind: Printed['kind'], text: string) => {
    for (const frame of encodeFrames({
      kind,
      writer,
      tag: tagFor('p', 'cell 1'),
      payload: Buffer.from(text),
    }))
      writeFully(hostFd() as number, frame);
  };
  print('stdout', 'short');
  print('stdout', 'é'.repeat(2000));
  print('report', 'r'.repeat(1000));
  print('report', 'R'.repeat(3000));
  output.drain();
  for (const [pool, printed] of sent) {
    const sizeBytes = printed.reduce((sum, { payload }) => sum + payload.length, 0);
    assert.deepEqual([pool, sizeBytes <= 2048], ['p', true]);
  }
  const all = sent.flatMap(([, printed]) => printed);
  const of = (kind: string) =>
    all.filter((each) => each.kind === kind).map(({ payload }) => payload.toString());
  assert.equal(of('stdout').join(''), `short${'é'.repeat(2000)}`);
  assert.ok(of('stdout').every((text) => !text.includes('\ufffd')));
  assert.deepEqual(of('report'), ['r'.repeat(1000)]);
  assert.match(
    of('stderr').join(''),
    /it has 3000 bytes, and a message of the room's broker has at most 1536/,
  );
  assert.ok(all.every(({ tag }) => tag === 'cell 1'));
});
