// The place in a line of a stack: `at f (/a/b.ts:3:7)`, `at async /a/b.ts:3:7`. By hand, since any line of a
// message may look like one, of any length.

/** Where a frame of a stack stands. */
export interface FramePlace {
  /** Also an address, such as file:///a/b.ts. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Undefined if the line names no place. */
export function placeOfFrame(frame: string): FramePlace | undefined {
  const end = /:(\d+):(\d+)\)?$/.exec(frame);
  if (!end) return undefined;
  const way = frame.slice(0, end.index);
  const bracket = Math.max(way.lastIndexOf('('), way.lastIndexOf(')'));
  const behind = way.slice(bracket + 1);
  const file = way[bracket] === '(' ? behind : /\bat (?:async )?(.*)/s.exec(behind)?.[1];
  return file ? { file, line: Number(end[1]), column: Number(end[2]) } : undefined;
}
