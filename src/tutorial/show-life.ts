// A picture of where a process stands in its life: created, alive or ended. Drawn when asked, from what the
// process says.

import { inspect } from 'node:util';
import { escapeHtml } from '../host/escape-html';
import { svgImage } from '../host/svg-image';
import type { Process } from '../process/process';

type Phase = 'created' | 'alive' | 'ended';

const PHASES: readonly Phase[] = ['created', 'alive', 'ended'];
const STEP_PX = 190;

/**
 * The life of a process as `showLife` draws it: a picture in a notebook, its caption elsewhere.
 *
 * @example
 * const picture: LifePicture = showLife(new Process({ target: () => {} }));
 * console.log(picture.phase); // → created
 */
export class LifePicture {
  /** Where the process stood when it was asked. */
  readonly phase: Phase;
  /** The phase in words. */
  readonly caption: string;

  constructor(phase: Phase, caption: string) {
    this.phase = phase;
    this.caption = caption;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.caption;
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const picture = lifeSvg(this.phase, this.caption);
    return { 'text/plain': this.caption, 'text/html': svgImage(picture, this.caption) };
  }
}

/**
 * Shows a process as it is at this moment: run it again later, and it may have moved on.
 *
 * @example
 * const ada = new Process({ target: () => {}, name: 'Ada' });
 * console.log(showLife(ada).caption); // → Ada is created: only a plan, without a pid.
 */
export function showLife(process: Process<never[]>): LifePicture {
  const { name, pid } = process;
  if (pid === undefined) return new LifePicture('created', `${name} is created: only a plan, without a pid.`);
  if (process.isAlive()) return new LifePicture('alive', `${name} is alive, as process ${pid}.`);
  return new LifePicture('ended', `${name}, process ${pid}, has ended with exit code ${process.exitcode}.`);
}

/** The phase that holds now is filled and has a thick edge, so that it is told without colour, too. */
export function lifeSvg(now: Phase, caption: string): string {
  // XML has no control characters, not even escaped.
  const text = escapeHtml(caption.replace(/\p{Cc}/gu, '\ufffd'));
  const stages = PHASES.map((phase, at) => {
    const x = 24 + at * STEP_PX;
    const lit = phase === now;
    const pill =
      `<rect x="${x}" y="24" width="130" height="48" rx="24" fill="${lit ? '#0072B2' : '#ffffff'}" ` +
      `stroke="${lit ? '#00466e' : '#767676'}" stroke-width="${lit ? 4 : 2}"/>` +
      `<text x="${x + 65}" y="54" text-anchor="middle" font-weight="${lit ? 'bold' : 'normal'}" ` +
      `fill="${lit ? '#ffffff' : '#595959'}">${phase}</text>`;
    const arrow = `<path d="M${x - 56} 48 H${x - 12} m-8 -6 l8 6 l-8 6" fill="none" stroke="#1a1a1a" stroke-width="2"/>`;
    return at === 0 ? pill : arrow + pill;
  });
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="560" height="124" font-family="sans-serif" font-size="15">' +
    `<rect width="560" height="124" rx="10" fill="#f4f4f0"/>${stages.join('')}` +
    `<text x="24" y="104" fill="#1a1a1a">${text}</text></svg>`
  );
}
