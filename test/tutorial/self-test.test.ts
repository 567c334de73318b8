// The self-test of notebook 00, and what it says when something is missing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, test } from 'node:test';
import { selfTest } from '../../src/tutorial';
import { caption, coreMap } from '../../src/tutorial/core-map';
import { nothingLeft } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

test('the self-test starts a child, says so, and takes less than 10 seconds', async () => {
  const began = performance.now();
  const report = await selfTest();
  assert.ok(performance.now() - began < 10_000);
  assert.equal(report.ready, true, report.sentences.join('\n'));
  const hello = report.sentences.find((sentence) => sentence.startsWith('A child process said hello'));
  const childPid = Number(hello?.match(/process (\d+)/)?.[1]);
  assert.notEqual(childPid, process.pid);
  assert.throws(() => process.kill(childPid, 0), 'the child is still there');
});

test('without shared memory the self-test says what to do, in place of an error', () => {
  const entry = path.resolve(__dirname, '../../src/tutorial/index.js');
  const program = `require(${JSON.stringify(entry)}).selfTest().then((report) => console.log(String(report)))`;
  const printed = execFileSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    env: { ...process.env, PARLAB_FFI: 'off' },
  });
  assert.match(printed, /✘ Processes cannot share memory here: .*npm install.*parlab doctor/);
  assert.match(printed, /Do what stands behind each ✘/);
});

test('the map draws a box for each core, up to 32, and the caption tells the number', () => {
  assert.equal(coreMap(1).match(/>core \d+</g)?.length, 1);
  assert.equal(coreMap(6).match(/>core \d+</g)?.length, 6);
  assert.equal(coreMap(128).match(/>core \d+</g)?.length, 32);
  assert.match(caption(128), /^128 cores \(32 drawn\)/);
  assert.match(caption(1), /take turns/);
});

after(nothingLeft);
