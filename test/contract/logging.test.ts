// CPython's `_TestLogging`, and what the log says.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Logger } from '../../src/identity/log';
import {
  getAllStartMethods,
  getLogger,
  InvalidArgumentError,
  type LogRecord,
  Process,
  Queue,
} from '../../src/index';
import { compiled, runProgram, sortedLines } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    test('test_level: a child logs at the level that its parent had when it started it', async () => {
      const logger = getLogger();
      const queue = new Queue<number>();
      const tell = async () => {
        const child = new Process({ target: () => queue.putSync(getLogger().getEffectiveLevel()), method });
        child.start();
        await child.join();
        return await queue.get({ timeout: 30_000 });
      };
      logger.setLevel(32);
      assert.equal(await tell(), 32);
      logger.setLevel('NOTSET');
      assert.equal(await tell(), 30);
      logger.setLevel('SUBDEBUG');
      assert.equal(await tell(), 5);
      logger.setLevel('NOTSET');
    });

    test('logToStderr(10) tells of each start and end, in the format of Python', async () => {
      const ended = await runProgram([compiled('logs'), '10'], { PARLAB_START_METHOD: method });
      assert.deepEqual(
        sortedLines(ended.stderr.replace(/pid \d+/, 'pid N')),
        [
          `[DEBUG/MainProcess] Process-1 ended with exitcode 0`,
          `[DEBUG/MainProcess] started Process-1 (pid N) by the method '${method}'`,
          '[INFO/MainProcess] process exiting with exitcode 0',
          '[INFO/MainProcess] process shutting down',
          '[INFO/Process-1] child process calling self.run()',
          '[INFO/Process-1] process exiting with exitcode 0',
          '[INFO/Process-1] process shutting down',
          '[INFO/Process-1] some information',
          '[Level 35/Process-1] between',
          '[WARNING/Process-1] a warning',
        ].sort(),
      );
    });

    test('logToStderr(35) tells no more than it is asked for, and without it nothing is told', async () => {
      const some = await runProgram([compiled('logs'), '35'], { PARLAB_START_METHOD: method });
      assert.equal(some.stderr, '[Level 35/Process-1] between\n');
      const nothing = await runProgram([compiled('logs')], { PARLAB_START_METHOD: method });
      assert.deepEqual([nothing.stderr, nothing.code], ['', 0]);
    });
  });
}

test('test_enable_logging: a handler gets the records that the level lets through', () => {
  const logger = getLogger();
  const records: LogRecord[] = [];
  const handler = (record: LogRecord) => void records.push(record);
  assert.equal(logger, getLogger());
  logger.debug('nobody hears it');
  logger.addHandler(handler);
  logger.setLevel('SUBWARNING');
  logger.debug('this will not be told');
  logger.info('nor will this');
  logger.warning('this will');
  logger.setLevel('ERROR');
  logger.warning('no more');
  logger.critical('at any time');
  logger.removeHandler(handler);
  logger.critical('gone');
  logger.setLevel('NOTSET');
  assert.deepEqual(records, [
    { level: 30, levelName: 'WARNING', processName: 'MainProcess', message: 'this will' },
    { level: 50, levelName: 'CRITICAL', processName: 'MainProcess', message: 'at any time' },
  ]);
});

test('an unknown level is refused', () => {
  assert.throws(() => getLogger().setLevel('LOUD' as never), InvalidArgumentError);
  assert.throws(() => getLogger().setLevel(-1), /level must be a number or one of NOTSET, SUBDEBUG, DEBUG/);
});

test('an unknown level is refused also where nobody listens', () => {
  const deaf = new Logger({ level: 0, toStderr: false });
  assert.throws(() => deaf.log('LOUD' as never, 'a slip'), InvalidArgumentError);
  assert.throws(() => deaf.isEnabledFor('LOUD' as never), InvalidArgumentError);
  deaf.info('nobody hears it');
});

after(nothingLeft);
