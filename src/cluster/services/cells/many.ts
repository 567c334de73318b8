// The cells of one kind that this process has to do with, by their names.
import type { Desk } from '../../line/service';
import { Cell } from './cell';

const MANY = 1000;

export class Cells<S> {
  readonly #desk: Desk;
  readonly #kind: string;
  readonly #cells = new Map<string, Cell<S>>();

  constructor(desk: Desk, kind: string) {
    this.#desk = desk;
    this.#kind = kind;
  }

  /** `initial`: what it is until somebody changes it. */
  named(name: string, initial: () => S): Cell<S> {
    let cell = this.#cells.get(name);
    if (cell === undefined) {
      // They hold nothing but who waits, so each can be made again.
      if (this.#cells.size > MANY)
        for (const [other, { isIdle }] of this.#cells) if (isIdle) this.#cells.delete(other);
      cell = new Cell(this.#desk, this.#kind, name, initial);
      this.#cells.set(name, cell);
    }
    return cell;
  }
}
