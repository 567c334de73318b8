// The types of what we use of d3, which has none of its own. Binder builds without the packages for
// development, and those who install the library need no types of what is inside it.

declare module 'd3-array' {
  /** Round numbers from start to stop, about so many. */
  export function ticks(start: number, stop: number, count: number): number[];
}

declare module 'd3-shape' {
  export type Point = readonly [x: number, y: number];
  export type CurveFactory = (context: unknown) => unknown;
  export const curveStepAfter: CurveFactory;
  export interface Line {
    (points: readonly Point[]): string | null;
    curve(curve: CurveFactory): this;
    digits(digits: number): this;
  }
  export interface Area extends Line {
    y0(y: number): this;
  }
  export function line(): Line;
  export function area(): Area;
}
