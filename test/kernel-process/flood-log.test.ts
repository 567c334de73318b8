import assert from 'node:assert/strict';
import { after, beforeEach, mock, test } from 'node:test';
import { FloodLog } from '../../kernel/kernel-process/flood-log';
import { nothingLeft } from '../support/processes/nothing-left';

const QUIET_MS = 1000;
let written: string[];
let log: FloodLog;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  written = [];
  log = new FloodLog((sentence) => written.push(sentence), QUIET_MS);
});
after(async () => {
  mock.timers.reset();
  await nothingLeft();
});

test('of a flood the first eight sentences are written, then how many followed', () => {
  const first = Array.from({ length: 8 }, (_, i) => `message ${i}`);
  for (let i = 0; i < 1000; i++) log.tell(`message ${i}`);
  assert.deepEqual(written, first);
  mock.timers.tick(QUIET_MS);
  assert.deepEqual(written, [...first, '992 more messages were dropped.']);
  log.tell('goes on');
  mock.timers.tick(QUIET_MS);
  assert.equal(written.at(-1), '1 more message was dropped.');
  mock.timers.tick(QUIET_MS);
  log.tell('after a pause');
  assert.equal(written.at(-1), 'after a pause');
});

test('what comes seldom is written each time', () => {
  log.tell('one');
  mock.timers.tick(QUIET_MS);
  log.tell('other');
  assert.deepEqual(written, ['one', 'other']);
});

test('at its end it says what it has counted', () => {
  for (let i = 0; i < 9; i++) log.tell('again');
  log.close();
  assert.equal(written.at(-1), '1 more message was dropped.');
});
