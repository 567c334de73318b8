// What the options of a timeline leave out where they leave nothing: in a sentence, with the names that there
// are. Pure.
import type { Lane, Lanes } from './lanes';
import { legible } from './svg';
import { listed, momentOf } from './words';

/** What is asked for, as `TimelineWindow` says it. */
export interface Asked {
  readonly from?: number;
  readonly to?: number;
  readonly processes?: readonly (string | number)[];
  readonly objects?: readonly string[];
}

/** How many names are told. */
const MOST_NAMED = 8;

/** `chosen`: the lanes of the processes that are asked for; `seen`: those that there are in that time. */
export function leftOutOf(
  whole: Lanes,
  { from, to, processes, objects }: Asked,
  { chosen, seen }: { chosen: readonly Lane[]; seen: readonly Lane[] },
): string | undefined {
  const { lanes, clock } = whole;
  if (lanes.length === 0) return undefined;
  if (chosen.length === 0) return nobody('process', processes, namesOf(lanes));
  if (seen.length === 0) {
    const [begin, end] = [
      Math.min(...chosen.map((lane) => lane.from)),
      Math.max(...chosen.map((lane) => lane.to)),
    ];
    const until = to === undefined ? (from === undefined ? '' : ' on') : ` to ${momentOf(to, clock)}`;
    const asked =
      from === undefined ? `up to ${momentOf(to ?? 0, clock)}` : `from ${momentOf(from, clock)}${until}`;
    const there = `from ${momentOf(begin, clock)} to ${momentOf(end, clock)}`;
    return `Nothing is there ${asked}: what is known of ${said(namesOf(chosen))} is ${there}.`;
  }
  const isOfNone =
    objects?.length === 0 ||
    (objects !== undefined && !whole.objects.some(({ name }) => objects.includes(name)));
  return isOfNone && whole.objects.length > 0
    ? nobody(
        'object',
        objects,
        whole.objects.map(({ name }) => name),
      )
    : undefined;
}

function nobody(what: string, asked: readonly unknown[] | undefined, names: readonly string[]): string {
  const are = names.length === 1 ? 'is' : 'are';
  const why = asked?.length ? `none is called ${said(asked.map(String))}` : 'the list of names is empty';
  return `No ${what} is shown, for ${why}. There ${are} ${said(names)}.`;
}

const namesOf = (lanes: readonly Lane[]) => lanes.map(({ process }) => process.name);

function said(names: readonly string[]): string {
  return listed(names.map(legible), MOST_NAMED);
}
