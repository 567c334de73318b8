// What a riddle is about: a small program with two children, and what comes before what in it. Pure.

import { randomNumbers } from '../../explore/hash';

/** What the parent does before it prints its last line. */
export type Waiting = 'for both' | 'for Ada' | 'for nobody';

/** Says which process prints what. A line is the letter of its process, and which one of its lines it is. */
export interface Plan {
  readonly hasFirst: boolean;
  readonly ada: readonly string[];
  readonly bob: readonly string[];
  readonly waiting: Waiting;
}

/** Says that in every order the one line comes before the other. */
export interface Rule {
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

const FIRST = 'M1';
const LAST = 'M2';
const CANDIDATES = 4;

export function planOf(seed: number): Plan {
  const random = randomNumbers(seed);
  const chance = () => random() < 0.5;
  const [adaHasTwo, bobHasTwo, hasFirst] = [chance(), chance(), chance()];
  const waiting = (['for both', 'for Ada', 'for nobody'] as const)[Math.floor(random() * 3)] as Waiting;
  return {
    hasFirst,
    // With one line each, too little could come otherwise.
    ada: adaHasTwo || !bobHasTwo ? ['A1', 'A2'] : ['A1'],
    bob: bobHasTwo ? ['B1', 'B2'] : ['B1'],
    waiting,
  };
}

export function rulesOf({ hasFirst, ada, bob, waiting }: Plan): Rule[] {
  const inTurn = (name: string, [first, second]: readonly string[]): Rule[] =>
    first && second
      ? [{ before: first, after: second, why: `${name} prints ${first} before ${second}` }]
      : [];
  const why = `the parent prints ${FIRST} before it starts a child`;
  const first = hasFirst ? [...ada, ...bob, LAST].map((after) => ({ before: FIRST, after, why })) : [];
  const waited = { 'for both': [...ada, ...bob], 'for Ada': ada, 'for nobody': [] }[waiting];
  const last = waited.map((before) => ({
    before,
    after: LAST,
    why: `the parent waits for the end of ${before.startsWith('A') ? 'Ada' : 'Bob'} before it prints ${LAST}`,
  }));
  return [...inTurn('Ada', ada), ...inTurn('Bob', bob), ...first, ...last];
}

/** The first rule that an output breaks; undefined if it can happen. */
export function brokenRule(output: readonly string[], rules: readonly Rule[]): Rule | undefined {
  return rules.find(({ before, after }) => output.indexOf(before) > output.indexOf(after));
}

/** Every output that can happen. */
export function outputsOf(plan: Plan): string[][] {
  const rules = rulesOf(plan);
  return permutationsOf(linesOf(plan)).filter((output) => brokenRule(output, rules) === undefined);
}

/** Some that can happen and some that cannot, mixed: at least one of each. */
export function candidatesOf(plan: Plan, seed: number): string[][] {
  const random = randomNumbers(seed + 1);
  const drawn = (from: string[][], count: number): string[][] => {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () =>
      left.splice(Math.floor(random() * left.length), 1),
    ).flat();
  };
  const rules = rulesOf(plan);
  const possible = outputsOf(plan);
  // It is one slip away from what can happen: anything else would be seen at once.
  const impossible = possible.flatMap(withNeighboursChanged).filter((output) => brokenRule(output, rules));
  const right = drawn(possible, 1 + Math.floor(random() * (CANDIDATES - 1)));
  const wrong = drawn(unique(impossible), CANDIDATES - right.length);
  return drawn([...right, ...wrong], CANDIDATES);
}

function linesOf({ hasFirst, ada, bob }: Plan): string[] {
  return [...(hasFirst ? [FIRST] : []), ...ada, ...bob, LAST];
}

function permutationsOf(lines: readonly string[]): string[][] {
  if (lines.length === 0) return [[]];
  return lines.flatMap((line) =>
    permutationsOf(lines.filter((each) => each !== line)).map((rest) => [line, ...rest]),
  );
}

function withNeighboursChanged(output: readonly string[]): string[][] {
  return output
    .slice(1)
    .map((second, at) => [...output.slice(0, at), second, output[at] as string, ...output.slice(at + 2)]);
}

function unique(outputs: readonly string[][]): string[][] {
  return [...new Map(outputs.map((output) => [output.join(), output])).values()];
}

/** Writes the program as a student would. */
export function codeOf({ hasFirst, ada, bob, waiting }: Plan): string {
  const target = (lines: readonly string[]) =>
    lines.length === 1 ? printed(lines[0]) : `{ ${lines.map((line) => `${printed(line)};`).join(' ')} }`;
  return [
    `const ada = new Process({ target: () => ${target(ada)} });`,
    `const bob = new Process({ target: () => ${target(bob)} });`,
    ...(hasFirst ? [`${printed(FIRST)};`] : []),
    'ada.start();',
    'bob.start();',
    ...(waiting === 'for nobody' ? [] : ['await ada.join();']),
    ...(waiting === 'for both' ? ['await bob.join();'] : []),
    `${printed(LAST)};`,
  ].join('\n');
}

function printed(line = ''): string {
  return `console.log('${line}')`;
}
