// What a notebook gives, given again: a student's code may give another meaning to a name that the check
// uses, such as `returns`. Pure.
import type { Binding, Statement } from '../../statement';
import { type Cell, sourceOf } from '../notebook-runner/notebook-file';

export type StatementsOf = (source: string) => readonly Statement[];

interface GivenAgain {
  /** Which names had got another meaning. */
  names: string[];
  /** The statements of the notebook that give them theirs. */
  source: string;
}

export interface Parts {
  /** The instructor's code above the exercise. */
  above: readonly Cell[];
  /** What the exercise or its solution declares belongs to the student. */
  own: readonly string[];
  answer: readonly Cell[];
}

export function givenAgain(
  { above, own, answer }: Parts,
  statementsOf: StatementsOf,
): GivenAgain | undefined {
  const boundIn = (source: string): readonly Binding[] => statementsOf(source).flatMap(({ binds }) => binds);
  const known = new Set(own.flatMap(boundIn).map(({ name }) => name));
  const given = above.flatMap((cell) => statementsOf(sourceOf(cell)));
  const names: string[] = [];
  const again = new Set<Statement>();
  for (const bound of answer.flatMap((cell) => boundIn(sourceOf(cell)))) {
    if (known.has(bound.name) || names.includes(bound.name)) continue;
    // A later statement may have made it anew; those behind that one may change it.
    const last = given.findLastIndex((each) => declares(each, bound.name));
    const statements = last < 0 ? [] : given.slice(last).filter((each) => bindingIn(each, bound.name));
    if (statements.length === 0 || isSameImport(bound, statements)) continue;
    names.push(bound.name);
    for (const statement of statements) again.add(statement);
  }
  if (names.length === 0) return undefined;
  const source = given.filter((each) => again.has(each)).map(({ text }) => text);
  return { names, source: source.join('\n') };
}

function bindingIn({ binds }: Statement, name: string): Binding | undefined {
  return binds.find((each) => each.name === name);
}

function declares(statement: Statement, name: string): boolean {
  const binding = bindingIn(statement, name);
  return binding !== undefined && !binding.isAssigned;
}

/** The same import once more changes nothing. */
function isSameImport({ name, from }: Binding, statements: readonly Statement[]): boolean {
  return from !== undefined && statements.some((each) => bindingIn(each, name)?.from === from);
}
