// What is narrower than a pixel is drawn together with its neighbours: 500 events need not be 500 shapes.
// Pure.

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Neighbours that are narrower than `least` become one, as wide as all of them. It looks like the one of them
 * that takes the most time.
 */
export function thinned<T extends Span>(parts: readonly T[], least: number): T[] {
  const drawn: T[] = [];
  let crowd: T[] = [];
  const settle = (): void => {
    const [first] = crowd;
    const last = crowd.at(-1);
    if (first === undefined || last === undefined) return;
    const longest = crowd.reduce((one, other) => (other.to - other.from > one.to - one.from ? other : one));
    drawn.push({ ...longest, from: first.from, to: last.to });
    crowd = [];
  };
  for (const part of parts) {
    const first = crowd[0];
    const last = crowd.at(-1);
    if (part.to - part.from >= least) {
      settle();
      drawn.push(part);
      continue;
    }
    if (
      first !== undefined &&
      last !== undefined &&
      (part.from - last.to >= least || part.to - first.from > least)
    )
      settle();
    crowd.push(part);
  }
  settle();
  return drawn;
}

/** The first of those that are at the same place of the picture. */
export function apart<T>(items: readonly T[], placeOf: (item: T) => string): T[] {
  const taken = new Set<string>();
  return items.filter((item) => {
    const place = placeOf(item);
    if (taken.has(place)) return false;
    taken.add(place);
    return true;
  });
}
