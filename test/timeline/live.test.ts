// A timeline that changes while processes run: when it is drawn, and that it ends.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WaitAbortedError } from '../../src/errors';
import { LivePicture } from '../../src/host/live-picture';
import { showLive } from '../../src/timeline/live';
import { timeline } from '../../src/timeline/timeline';
import type { Trace } from '../../src/trace/record';
import { nothingLeft } from '../support/processes/nothing-left';
import { MadeTrace } from '../support/traces/made-traces';

/** Ada runs, and ends when she is looked at for the nth time. */
function running(looks: number): () => Trace {
  let looked = 0;
  return () => {
    looked++;
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const ada = made.process('Ada', looked < looks ? { parent: main } : { parent: main, exitcode: 0 });
    made.add(0, main, 'start', { child: ada });
    for (let at = 1; at <= looked; at++) made.add(at, ada, 'print', { text: String(at) });
    return made.trace();
  };
}

function terminal() {
  const written: string[] = [];
  return {
    written,
    terminal: { isTTY: true, columns: 80, rows: 24, write: (text: string) => written.push(text) },
  };
}

const forms = (trace: Trace) => ({
  bundle: () => ({ 'text/plain': String(timeline(trace)) }),
  lines: () => [`${trace.events.length} events`],
});

describe('timeline.live()', () => {
  test('draws in place until the processes have ended, and leaves the last picture', async () => {
    const screen = terminal();
    await showLive(running(3), {}, forms, new LivePicture(screen.terminal));
    assert.equal(screen.written.length, 3);
    assert.match(screen.written.at(-1) ?? '', /4 events\n/);
  });

  test('ends when its time is up, though somebody still runs', async () => {
    const screen = terminal();
    await showLive(running(1e9), { timeout: 300 }, forms, new LivePicture(screen.terminal));
    assert.match(screen.written.at(-1) ?? '', /\n/);
  });

  test('ends with its signal, and leaves what was seen', async () => {
    const screen = terminal();
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 50);
    await assert.rejects(
      showLive(running(1e9), { signal: abort.signal }, forms, new LivePicture(screen.terminal)),
      WaitAbortedError,
    );
    assert.match(screen.written.at(-1) ?? '', /events\n/);
  });

  test('draws nothing where nobody would see it change', async () => {
    let drawn = 0;
    await showLive(
      running(2),
      {},
      (trace) => {
        drawn++;
        return forms(trace);
      },
      new LivePicture({ write: () => assert.fail() }),
    );
    assert.equal(drawn, 0);
  });

  test('ends at once where nothing was started', () => timeline.live());

  test('refuses what is no time, no signal and no list of names, though nobody would see it', async () => {
    const wrong: [given: object, says: RegExp][] = [
      [{ timeout: 'soon' }, /^timeout must be a number of milliseconds from 0, but it is 'soon'/],
      [{ timeout: -1 }, /^timeout must be a number of milliseconds from 0, but it is -1/],
      [{ timeout: Number.NaN }, /^timeout must be a number of milliseconds/],
      [{ signal: 5 }, /^signal must be an AbortSignal, but it is 5/],
      [{ from: 'x' }, /^from must be a time on the clock of the trace, a number, but it is 'x'/],
      [{ from: 5, to: 5 }, /^to must be later than from, which is 5/],
      [{ processes: null }, /^processes must be a list such as \['Ada'\], but it is null/],
      [{ objects: 'Lock-1' }, /^objects must be a list such as/],
    ];
    for (const [given, says] of wrong) {
      await assert.rejects(timeline.live(given), { name: 'InvalidArgumentError', message: says });
    }
    await timeline.live({ timeout: Number.POSITIVE_INFINITY, signal: new AbortController().signal });
  });
});

after(nothingLeft);
