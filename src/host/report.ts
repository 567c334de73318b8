// Reports: plain data from any process of the program to its host.
import v8 from 'node:v8';
import { writeToHost } from './output';

// It is taken now: what a program replaces later must not silence it.
const { serialize } = v8;

/** Written at once, in true order with the output. False when there is no host to hear it. */
export function report(data: unknown): boolean {
  if (isMuted()) return false;
  return writeToHost('report', serialize(data));
}

let isMuted = () => false;

/** While `when` says so, reports are not sent: a program that is tried in every order shows nothing. */
export function muteReports(when: () => boolean): void {
  isMuted = when;
}
