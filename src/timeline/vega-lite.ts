// A timeline as a specification of Vega-Lite 5, for readers who want to go on from there: bars, arrows and
// queues as data.

import type { Trace } from '../trace/record';
import type { Lanes } from './lanes';
import { objectColours, RUNNING } from './palette';
import { captionsOf } from './summary';
import { legible } from './svg';
import { namesOf, waitWords } from './words';

/** JSON that says a chart. */
export interface VegaLiteSpec {
  /** Which language and version it is. */
  readonly $schema: string;
  /** The chart, as Vega-Lite describes it. */
  readonly [key: string]: unknown;
}

const WAITING = '#B9C0C8';
const READY = '#DCEFFA';

export function vegaLiteOf(trace: Trace, lanes: Lanes): VegaLiteSpec {
  const data = dataOf(lanes);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    ...captionTexts(trace, lanes),
    vconcat:
      data.depths.length === 0 ? [lanesView(lanes, data)] : [lanesView(lanes, data), depthsView(lanes, data)],
    resolve: { scale: { color: 'independent' } },
  };
}

/** What the charts show, as tables. */
function dataOf(lanes: Lanes) {
  const names = namesOf(lanes.processes, lanes.objects);
  // Two processes may have one name.
  const label = (id: number): string => {
    const name = names.process(id);
    const isAlone = lanes.processes.filter((process) => legible(process.name) === name).length === 1;
    return isAlone ? name : `${name} (${lanes.processes[id]?.pid ?? id})`;
  };
  const rows = lanes.lanes.map(({ process }) => label(process.id));
  const bars = lanes.lanes.flatMap(({ process, segments, holdings }) => [
    ...segments.map((segment) => ({
      process: label(process.id),
      state: segment.state,
      from: segment.from,
      to: segment.to,
      ...(segment.state === 'waiting' && { on: waitWords(segment, names, process.id) }),
    })),
    ...holdings.map(({ object, from, to }) => ({
      process: label(process.id),
      state: `holds ${names.object(object)}`,
      from,
      to,
    })),
  ]);
  const messages = lanes.messages.map(({ object, number, from, to, putAt, gotAt }) => ({
    queue: names.object(object),
    number,
    put: putAt,
    got: gotAt,
    from: label(from),
    to: label(to),
  }));
  const marks = lanes.lanes.flatMap(({ process, marks: all }) =>
    all.map(({ at, kind, text }) => ({ process: label(process.id), at, kind, text: legible(text) })),
  );
  const depths = lanes.depths.flatMap(({ object, points }) =>
    [...points, { at: lanes.to, depth: points.at(-1)?.depth ?? 0 }].map(({ at, depth }) => ({
      queue: names.object(object),
      at,
      depth,
    })),
  );
  return { rows, bars, messages, marks, depths };
}

type Data = ReturnType<typeof dataOf>;

function lanesView(lanes: Lanes, { rows, bars, messages, marks }: Data): object {
  const held = [...new Set(bars.map(({ state }) => state))].filter((state) => state.startsWith('holds '));
  const states = ['running', 'ready', 'waiting', 'sleeping', ...held];
  const colours = [RUNNING, READY, WAITING, WAITING, ...held.map((_, at) => objectColours[at % 4] as string)];
  // A sort of each layer would be dropped where they have data of their own.
  const y = (field: string): object => ({
    field,
    type: 'nominal',
    title: null,
    sort: null,
    scale: { domain: rows },
  });
  return {
    width: 640,
    height: { step: 24 },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', height: 12, tooltip: true },
        encoding: {
          x: xOf(lanes, 'from'),
          x2: { field: 'to' },
          y: y('process'),
          color: { field: 'state', type: 'nominal', title: null, scale: { domain: states, range: colours } },
        },
      },
      {
        data: { values: messages },
        mark: { type: 'rule', color: '#CC79A7', strokeWidth: 1.5, tooltip: true },
        encoding: { x: xOf(lanes, 'put'), x2: { field: 'got' }, y: y('from'), y2: { field: 'to' } },
      },
      {
        data: { values: marks },
        mark: { type: 'point', filled: false, color: '#17202a', size: 24, tooltip: true },
        encoding: { x: xOf(lanes, 'at'), y: y('process') },
      },
    ],
  };
}

function depthsView(lanes: Lanes, { depths }: Data): object {
  return {
    width: 640,
    height: 60,
    data: { values: depths },
    mark: { type: 'area', interpolate: 'step-after', line: true, opacity: 0.5 },
    encoding: {
      x: xOf(lanes, 'at'),
      y: { field: 'depth', type: 'quantitative', title: 'in the queue', stack: null },
      color: { field: 'queue', type: 'nominal', title: null },
    },
  };
}

function xOf({ clock, from, to }: Lanes, field: string): object {
  const title = clock === 'ms' ? 'time (ms)' : 'step';
  return { field, type: 'quantitative', title, scale: { domain: [from, to], nice: false, zero: false } };
}

function captionTexts(trace: Trace, lanes: Lanes): { title: string; description: string } {
  const { title, description, lost } = captionsOf(trace, lanes);
  return { title, description: lost === '' ? description : `${description} ${lost}` };
}
