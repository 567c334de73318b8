// An order in which an answer goes wrong: its code, and what each process does in it.

import { inspect } from 'node:util';
import { escapeHtml } from '../../host/escape-html';
import { orderImage } from '../../timeline/order-image';
import { tellingIn } from '../../timeline/telling-steps';
import type { Trace } from '../../trace/record';
import { lanesHtml, lanesOf, lanesText } from './lanes';

/** Returns the end of an order that never ends, as its sentence says it. */
export function endOfHang(hang: string): string {
  const told = hang.split('. ').find((sentence) => / goes on for ever\b/.test(sentence));
  if (told === undefined) return 'Now nobody can move.';
  return `So ${told.slice(0, told.indexOf(' goes on for ever'))} goes on for ever.`;
}

/**
 * An order of steps in which a program goes wrong, to be looked at: a table with a column for each process.
 *
 * @example
 * const shout = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: console.log, args: [name] }).start();
 * };
 * const found: CounterExample | undefined = (await check(shout, [prints(['Ada', 'Bob'])])).counterExample;
 * console.log(found?.code); // → B A
 */
export class CounterExample {
  /**
   * Which process moves, step by step: `A` is the first child. The same program takes the same order for it.
   */
  readonly code: string;
  /** What happens in it. */
  readonly trace: Trace;
  /** What it comes to. */
  readonly end: string;

  constructor(code: string, trace: Trace, end: string) {
    this.code = code;
    this.trace = trace;
    this.end = end;
  }

  /** The order as a table of text. */
  toString(): string {
    const lanes = lanesOf(this.trace, tellingIn(this.trace));
    if (lanes.rows.length === 0) return this.end;
    return `${this.#title()}\n${lanesText(lanes)}\n${' '.repeat(6)}${this.end}`;
  }

  /** The order as HTML. */
  toHtml(): string {
    const lanes = lanesOf(this.trace, tellingIn(this.trace));
    const end = `<div style="margin: 6px 0"><b>${escapeHtml(this.end)}</b></div>`;
    if (lanes.rows.length === 0) return end;
    return (
      `<div style="margin: 8px 0">${escapeHtml(this.#title())}</div>${orderImage(this.trace)}${end}` +
      `<details><summary>Step by step</summary>${lanesHtml(lanes)}</details>`
    );
  }

  #title(): string {
    return this.code === '' ? 'It happens so:' : `It happens in this order: ${this.code}`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return { 'text/plain': this.toString(), 'text/html': this.toHtml() };
  }
}
