// A local module of entry.mjs.
export default function triple(n) {
  return n * 3;
}
export const quadruple = (n) => n * 4;
export const LIMIT = 9;
export class Timer {
  ticks = 5;
}
