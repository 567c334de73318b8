// The pictures: well-formed whatever names and prints are, with nothing in them that could run or be fetched, and not
// larger than they need to be.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { processPicture } from '../../src/timeline/process-picture';
import { Timeline, type TimelineOptions, timeline } from '../../src/timeline/timeline';
import type { Trace } from '../../src/trace/record';
import { hostileTexts } from '../support/hostile/hostile-texts';
import { nothingLeft } from '../support/processes/nothing-left';
import { crowd, greeters, lostUpdate, MadeTrace, workers } from '../support/traces/made-traces';
import { anyTrace } from '../support/traces/random-traces';

/** Expat, which follows the letter of XML; prints the names of elements and attributes, then all text. */
const READER = `
import json, sys, xml.parsers.expat
out = []
for picture in json.load(sys.stdin):
    names, attributes, text = set(), set(), []
    parser = xml.parsers.expat.ParserCreate()
    def start(name, given):
        names.add(name)
        attributes.update(given)
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text.append
    parser.Parse(picture.encode('utf-8'), True)
    out.append([sorted(names), sorted(attributes), ''.join(text)])
json.dump(out, sys.stdout)
`;

function read(pictures: readonly string[]): [names: string[], attributes: string[], text: string][] {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', READER], {
    input: JSON.stringify(pictures),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const ELEMENTS = new Set(
  'svg title desc style defs pattern marker clipPath g rect line circle path polyline text'.split(' '),
);

function everyPicture(trace: Trace): string[] {
  return [timeline(trace).toSVG(), processPicture({ trace }).toSVG()];
}

describe('pictures', () => {
  test('are well-formed and hold nothing but shapes and text, for every trace', () => {
    const traces = fc.sample(anyTrace, { numRuns: 60, seed: 11 });
    const pictures = [...traces, greeters(true), workers(), crowd(), lostUpdate()].flatMap(everyPicture);
    for (const [names, attributes] of read(pictures)) {
      assert.deepEqual(
        names.filter((name) => !ELEMENTS.has(name)),
        [],
      );
      assert.deepEqual(
        attributes.filter((name) => /^on|href|src/i.test(name)),
        [],
      );
    }
  });

  test('show hostile names and prints as text', () => {
    const address = 'http://127.0.0.1:1';
    const texts = Object.values(hostileTexts(address));
    const pictures = texts.flatMap((hostile) => {
      const made = greeters(true, 2);
      const trace: Trace = {
        ...made,
        processes: made.processes.map((process) => ({ ...process, name: hostile })),
        objects: made.objects.map((object) => ({ ...object, name: hostile })),
        events: made.events.map((event) => (event.kind === 'print' ? { ...event, text: hostile } : event)),
      };
      const steps: Trace = { ...trace, clock: 'steps' };
      const variables = { [hostile]: { [hostile]: hostile } };
      const drawn = processPicture({ trace, variables });
      for (const value of [timeline(trace), drawn]) {
        const { 'text/html': html = '' } = bundleOf(value);
        assert.match(
          html,
          /^<img width="\d+" alt="[^"<>]*" src="data:image\/svg\+xml;base64,[\w+/=]+" style="min-width: \d+px">$/,
        );
      }
      return [timeline(trace).toSVG(), timeline(steps).toSVG(), drawn.toSVG()];
    });
    for (const [names, attributes] of read(pictures)) {
      assert.deepEqual(
        [names, attributes].flat().filter((name) => /script|image|iframe|foreign|^a$|href|^on/i.test(name)),
        [],
      );
    }
  });

  test('of 10 processes with 500 events each stay below 250 KiB', () => {
    const trace = crowd();
    assert.ok(trace.events.length > 4500, `${trace.events.length} events`);
    const { length } = timeline(trace).toSVG();
    assert.ok(length < 250 * 1024, `${length} bytes`);
  });

  test('name themselves for who listens, and say what was forgotten', () => {
    const [[, , text] = [[], [], '']] = read([timeline(crowd(20)).toSVG()]);
    assert.match(text, /Timeline: 11 processes in/);
    assert.match(text, /Process-1, process 1001, from 0 ms/);
    assert.match(text, /1,234 events are missing/);
  });

  test('show the order of a counter-example, and every value that was read and written', () => {
    const [[, , text] = [[], [], '']] = read([timeline(lostUpdate()).toSVG()]);
    for (const words of ['reads 0', 'writes 1', 'counter']) assert.ok(text.includes(words), words);
    assert.match(text, /Who moves: A, B, B, A/);
  });

  test('break a long run by steps into lines that are no wider than they should be', () => {
    const one = timeline(lostUpdate(), { width: 780 }).toSVG();
    const narrow = timeline(lostUpdate(), { width: 360 }).toSVG();
    const heightOf = (svg: string): number => Number(/height="([\d.]+)"/.exec(svg)?.[1]);
    assert.ok(heightOf(narrow) > heightOf(one) * 1.8);
  });

  test('of nothing say that nothing has happened', () => {
    const nothing: Trace = { clock: 'ms', processes: [], objects: [], events: [], lost: 0 };
    assert.match(timeline(nothing).toSVG(), /nothing has happened yet/);
    assert.equal(String(timeline(nothing)), 'Timeline: nothing has happened yet');
    assert.match(processPicture({ trace: nothing }).toSVG(), /No process has been recorded yet/);
  });

  test('where the options leave nothing, say what is left out, and which names there are', () => {
    const trace = workers();
    const names = trace.processes.map(({ name }) => name);
    const said = (options: TimelineOptions) => String(timeline(trace, options)).split('\n');
    const asked = { processes: [], objects: [] };
    for (const text of [said(asked).join('\n'), timeline(trace, asked).toSVG()]) {
      assert.match(text, /nothing is shown/);
      assert.match(text, /No process is shown, for the list of names is empty\. There are /);
      assert.doesNotMatch(text, /has happened/);
      for (const name of names.slice(0, 8)) assert.ok(text.includes(name), name);
    }
    const alone = { processes: names.slice(0, 1) };
    const known = `what is known of ${names[0]} is from `;
    const late = said({ ...alone, from: 1e6 });
    assert.ok(late[1]?.startsWith(`Nothing is there from 1000 s on: ${known}`), late[1]);
    const early = said({ ...alone, to: -5 });
    assert.ok(early[1]?.startsWith(`Nothing is there up to -5 ms: ${known}`), early[1]);
    const between = said({ ...alone, from: 1e6, to: 2e6 });
    assert.ok(between[1]?.startsWith(`Nothing is there from 1000 s to 2000 s: ${known}`), between[1]);
    const noObject = said({ objects: [] }).find((line) => line.startsWith('No object is shown'));
    assert.ok(noObject?.includes(trace.objects[0]?.name ?? '-'), noObject);
    assert.match(String(timeline(trace)), /^Timeline: \d/);
    assert.doesNotMatch(String(timeline(trace)), /is shown|is there/);
  });

  test('of a part of the time have nothing beside the lanes that was before or after it', () => {
    for (const part of [
      timeline(crowd(500), { from: 100, to: 200 }),
      timeline(workers(), { from: 60, to: 90 }),
    ]) {
      const svg = part.toSVG();
      const [, x, width] =
        /<clipPath id="inside"><rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg) ?? [];
      const dots = [...svg.matchAll(/<circle cx="([-\d.]+)" cy="[\d.]+" r="2.6"/g)].map(([, cx]) =>
        Number(cx),
      );
      assert.ok(dots.length > 0 && width !== undefined);
      for (const dot of dots) assert.ok(dot >= Number(x) && dot <= Number(x) + Number(width), `${dot}`);
    }
  });

  test('refuse a width that cannot be drawn', () => {
    assert.throws(() => timeline(lostUpdate(), { width: 20 }), { name: 'InvalidArgumentError' });
    assert.throws(() => processPicture({ trace: lostUpdate(), width: Number.NaN }), {
      name: 'InvalidArgumentError',
    });
  });
});

function bundleOf(value: object): Record<string, string> {
  const show = (value as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')];
  assert.ok(show);
  return show.call(value);
}

describe('the text of a timeline', () => {
  test('is what console.log shows, complete', () => {
    const text = String(new Timeline(greeters(true)));
    for (const name of ['Ada', 'Alan', 'Grace', 'Radia']) {
      assert.match(text, new RegExp(`prints “Hello, I am ${name},”`));
    }
    assert.match(text, /waits for Lock-1, held by Ada {2}\(Cell 3, line 2\)/);
    assert.match(text, /sees that Radia has ended/);
  });

  test('tells a saved notebook the beginning, and how much more there is', () => {
    const { 'text/plain': plain = '' } = bundleOf(timeline(crowd()));
    assert.ok(plain.length < 60_000, `${plain.length} characters`);
    assert.match(plain, /… and \d+ more events: console\.log/);
  });

  test('of steps is a row for each', () => {
    const rows = String(timeline(lostUpdate())).split('\n');
    assert.equal(rows[3]?.trim(), '2  B reads counter: 0   [counter: 0]');
  });

  test('draws lanes of equal length', () => {
    const rows = String(timeline(greeters(true, 3))).split('\n');
    assert.match(rows[3] ?? '', /^ Ada {13} +━+█+━+$/);
  });
});

describe('the picture of processes', () => {
  test('says where each stands at a moment, and who holds what it waits for then', () => {
    const text = String(processPicture({ trace: greeters(true, 4), at: 30 }));
    assert.match(text, /Ada, pid 4201: ended;/);
    assert.match(text, /Alan, pid 4202: running;/);
    assert.match(text, /Grace, pid 4203: waits for Lock-1, held by Alan;/);
  });

  test('shows nobody who has not begun yet', () => {
    const trace = greeters(true, 4);
    assert.equal(String(processPicture({ trace, at: 1 })), '1 process\nMainProcess, pid 4200: running');
    assert.match(String(processPicture({ trace, at: 5 })), /^2 processes.*\n {2}Ada, pid 4201: running;/s);
    assert.equal(String(processPicture({ trace, at: -1 })), 'No process had begun then');
  });

  test('knows what the last event itself has begun, ended and taken', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const ada = made.process('Ada', { parent: main });
    const lock = made.object('Lock', 'Lock-1');
    made.add(0, main, 'start', { child: ada }).add(1, main, 'acquire', { object: lock });
    const lastLines = (): string[] =>
      String(processPicture({ trace: made.trace() }))
        .split('\n')
        .slice(1);
    made.add(2, ada, 'wait', { object: lock });
    assert.match(lastLines()[1] ?? '', /Ada: waits for Lock-1, held by MainProcess; .*, waiting after 2 ms$/);
    made.add(3, main, 'release', { object: lock });
    assert.match(lastLines()[1] ?? '', /Ada: waits for Lock-1;/);
    made.add(4, ada, 'acquire', { object: lock }).add(4, main, 'wait', { child: ada });
    assert.match(lastLines().join('\n'), /^MainProcess: waits for the end of Ada\n {2}Ada: running;/);
    made.add(5, ada, 'exit', { number: 0 }).add(6, main, 'joined', { child: ada });
    assert.match(lastLines().join('\n'), /^MainProcess: running\n {2}Ada: joined;/);
  });

  test('marks the copies that are not as the first one', () => {
    const variables = { MainProcess: { n: 1, same: 2 }, Ada: { n: 5, same: 2 } };
    const text = String(processPicture({ trace: greeters(false, 1), variables }));
    assert.match(text, /Ada has n = 5 \(its own\), same = 2\.$/);
  });
});

after(nothingLeft);
