// The methods of typed arrays, for views whose elements are operations: those of arrays, which read and write
// element by element, and what typed arrays do otherwise.
type Cell = number | bigint;
interface Cells extends Iterable<Cell> {
  [index: number]: Cell;
  readonly length: number;
  readonly constructor: new (items: number | Iterable<Cell>) => Cells;
}
type Call = (cell: Cell, index: number, cells: Cells) => unknown;
type Compare = (a: Cell, b: Cell) => number;

/** Copies cells into memory of the process's own. */
function copy(cells: Cells): Cells {
  return new cells.constructor([...cells]);
}

const arrays = Array.prototype as unknown as Record<string | symbol, unknown>;
const alike: [string | symbol, unknown][] = (
  [
    'at',
    'copyWithin',
    'entries',
    'every',
    'fill',
    'find',
    'findIndex',
    'findLast',
    'findLastIndex',
    'forEach',
    'includes',
    'indexOf',
    'join',
    'keys',
    'lastIndexOf',
    'reduce',
    'reduceRight',
    'reverse',
    'some',
    'toLocaleString',
    'toString',
    'values',
    Symbol.iterator,
  ] as const
).map((name) => [name, arrays[name]]);

const otherwise = {
  map(this: Cells, call: Call, self?: unknown): Cells {
    const made = new this.constructor(this.length);
    for (let at = 0; at < this.length; at++) made[at] = call.call(self, this[at] as Cell, at, this) as Cell;
    return made;
  },
  filter(this: Cells, call: Call, self?: unknown): Cells {
    const kept: Cell[] = [];
    for (let at = 0; at < this.length; at++) {
      const cell = this[at] as Cell;
      if (call.call(self, cell, at, this)) kept.push(cell);
    }
    return new this.constructor(kept);
  },
  slice(this: Cells, begin?: number, end?: number): Cells {
    const places = Array.from({ length: this.length }, (_, at) => at).slice(begin, end);
    return new this.constructor(places.map((at) => this[at] as Cell));
  },
  set(this: Cells, source: ArrayLike<Cell>, offset = 0): void {
    if (source.length + offset > this.length) throw new RangeError('offset is out of bounds');
    for (let at = 0; at < source.length; at++) this[offset + at] = source[at] as Cell;
  },
  sort(this: Cells, compare?: Compare): Cells {
    const sorted = copy(this) as unknown as { sort(compare?: Compare): Cells };
    [...sorted.sort(compare)].forEach((cell, at) => {
      this[at] = cell;
    });
    return this;
  },
  toSorted(this: Cells, compare?: Compare): Cells {
    return (copy(this) as unknown as { sort(compare?: Compare): Cells }).sort(compare);
  },
  toReversed(this: Cells): Cells {
    return (copy(this) as unknown as { reverse(): Cells }).reverse();
  },
  with(this: Cells, place: number, cell: Cell): Cells {
    return (copy(this) as unknown as { with(place: number, cell: Cell): Cells }).with(place, cell);
  },
};

export const viewMethods: Record<string | symbol, unknown> = { ...Object.fromEntries(alike), ...otherwise };
