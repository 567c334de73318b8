// What a host does with a chunk and with what is printed, without a broker.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers } from '@nats-io/transport-node';
import { Held } from '../../src/cluster/agent/slot';
import { HEAD } from '../../src/cluster/pool/conversation';
import { myVersions } from '../../src/cluster/versions';

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
