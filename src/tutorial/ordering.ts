// The question that shows lines of a program in the wrong order, and what each wrong order deserves to hear.

import { InvalidArgumentError } from '../errors';
import { checkText } from '../given';
import { Verdict } from './verdict';

/** Lines are to be put into an order; several orders may be right. */
export interface Ordering {
  /** The letters of all lines that stand in the notebook. */
  readonly lines: string;
  /** Which line has to come before which other one, and what to say where it does not; worst first. */
  readonly before: readonly (readonly [first: string, then: string, reply: string])[];
  /** Lines that belong to no right answer, and what to say to who has used one. */
  readonly unneeded?: Readonly<Record<string, string>>;
  /** What an answer that holds hears. */
  readonly reply: string;
}

/** Throws where a letter is meant that no line has. */
export function checkOrdering({ lines, before, unneeded = {}, reply }: Ordering): void {
  checkText('lines', lines);
  checkText('reply', reply);
  if (!Array.isArray(before))
    throw new InvalidArgumentError('before', "an array such as [['a', 'b', '…']]", before);
  const used = { before: before.flatMap((rule) => rule.slice(0, 2)), unneeded: Object.keys(unneeded) };
  for (const [name, letters] of Object.entries(used)) {
    const stranger = letters.find((letter) => !lines.includes(letter));
    if (stranger !== undefined) throw new InvalidArgumentError(name, `letters out of '${lines}'`, stranger);
  }
}

/** `given`: letters, such as 'bca' or 'b, c, a'. */
export function judgedOrder({ lines, before, unneeded = {}, reply }: Ordering, given: string): Verdict {
  const order = given.toLowerCase().replace(/[^a-z]/g, '');
  const needed = [...lines].filter((line) => unneeded[line] === undefined);
  const [stranger] = [...order].filter((line) => !lines.includes(line));
  if (order === '' || stranger !== undefined) {
    return Verdict.notYet(
      `write the letters of the lines in their order, such as '${lines.slice(0, 3)}…', in place of '${given}'.`,
    );
  }
  const twice = [...order].find((line, at) => order.indexOf(line) < at);
  if (twice !== undefined) return Verdict.notYet(`line ${twice} is there twice. Each line is used once.`);
  const [useless] = [...order].filter((line) => unneeded[line] !== undefined);
  if (useless !== undefined) return Verdict.notYet(unneeded[useless] as string);
  const [missing] = needed.filter((line) => !order.includes(line));
  if (missing !== undefined) return Verdict.notYet(`line ${missing} is missing. Where does it belong?`);
  const broken = before.find(([first, then]) => order.indexOf(first) > order.indexOf(then));
  return broken === undefined ? Verdict.yes(reply) : Verdict.notYet(broken[2]);
}
