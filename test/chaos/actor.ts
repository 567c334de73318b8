// What an actor, a process or thread of a scenario, is given: who it is, whether it is time to end, and where it says what
// it does, so that the watchdog can tell who waits for what.
import { RawArray } from '../../src/index';
import { Random } from './random';

/** Every actor of a round has a row of its own in all tables, also those who take the place of the dead. */
export const MOST_ACTORS = 512;
const LINE_BYTES = 64;

export class Playbill {
  readonly over = new RawArray('int32', 1);
  readonly lines = new RawArray('uint8', MOST_ACTORS * LINE_BYTES);

  hasBegun(row: number): boolean {
    return this.lines[row * LINE_BYTES] !== 0;
  }

  lineOf(row: number): string {
    if (!this.hasBegun(row)) return 'has not begun';
    const line = Buffer.from(this.lines.subarray(row * LINE_BYTES, (row + 1) * LINE_BYTES)).toString();
    return line.slice(0, line.indexOf('\0'));
  }
}

export class Actor {
  readonly row: number;
  readonly random: Random;
  readonly playbill: Playbill;
  said = '';

  constructor(row: number, playbill: Playbill, seed: number) {
    this.row = row;
    this.playbill = playbill;
    this.random = new Random(seed);
  }

  isOver(): boolean {
    return Atomics.load(this.playbill.over, 0) === 1;
  }

  says(line: string): void {
    if (line === this.said) return;
    this.said = line;
    const at = this.row * LINE_BYTES;
    const { lines } = this.playbill;
    const { written } = new TextEncoder().encodeInto(line, lines.subarray(at, at + LINE_BYTES - 1));
    lines[at + written] = 0;
  }
}
