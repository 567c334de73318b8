// Where no shared memory between processes is possible, threads take over: the library says so, who asks for a process is told
// why not, and everything else is as promised.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { compiled, runProgram, sortedLines } from './run-program';

const WITHOUT_KOFFI = join(__dirname, '../../../test/programs/without-koffi.cjs');
const ways = {
  'koffi is refused': { PARLAB_FFI: 'off' },
  'there is no koffi': { NODE_OPTIONS: `--require=${WITHOUT_KOFFI}` },
} as const;

/** A file that hangs fails by name. */
const TOO_LONG_MS = 8 * 60_000;

const TOLD_ONCE =
  /^[^\n]*ParlabWarning: Processes cannot share memory here, because [^\n]*\n[^\n]*--trace-warnings[^\n]*\n$/;

for (const [why, environment] of Object.entries(ways)) {
  describe(`where ${why}`, () => {
    for (const [program, lines] of [
      ['loop', ['0', '10', '20', '30']],
      ['shared', ['[ 0, 0, 0 ]', 'n = 1: 1, n = 2: 4, n = 3: 9']],
      ['one-tick', ['0 false', '81']],
    ] as const) {
      test(`the program '${program}' runs on threads, which is told once`, async () => {
        const ended = await runProgram([compiled(program)], environment);
        assert.match(ended.stderr, TOLD_ONCE);
        assert.deepEqual(sortedLines(ended.stdout), lines);
      });
    }

    test('who asks for threads is told nothing', async () => {
      const ended = await runProgram([compiled('loop')], { ...environment, PARLAB_START_METHOD: 'thread' });
      assert.equal(ended.stderr, '');
    });

    test("the start method 'process' is refused with the reason", async () => {
      const ended = await runProgram([compiled('loop')], { ...environment, PARLAB_START_METHOD: 'process' });
      assert.match(
        ended.stderr,
        /StartFailedError: Process-1 could not be started: .*(PARLAB_FFI=off|koffi).*use method: 'thread'/,
      );
      assert.equal(ended.code, 1);
    });
  });
}

describe('the whole contract holds on threads alone', () => {
  const files = readdirSync(__dirname).filter(
    (name) => name.endsWith('.test.js') && !__filename.endsWith(name),
  );
  for (const name of files) {
    test(name, async () => {
      const env = { ...process.env, ...ways['there is no koffi'], NODE_TEST_CONTEXT: undefined };
      const program = spawn(process.execPath, ['--test-reporter=tap', join(__dirname, name)], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: TOO_LONG_MS,
        killSignal: 'SIGKILL',
      });
      let told = '';
      program.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
      program.stderr.resume();
      const code = await new Promise((resolve) => program.once('close', resolve));
      assert.equal(code, 0, told.slice(-20_000));
      assert.match(told, /^# fail 0$/m);
    });
  }
});

after(nothingLeft);
