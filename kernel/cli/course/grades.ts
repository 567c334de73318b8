// The table student × exercise: as text for a terminal, as rows for a file. Pure.
import { holds, type Mark, type Verdict } from '../notebook-runner/verdicts';

export interface Row {
  student: string;
  /** The marks by the exercise's name. */
  marks: ReadonlyMap<string, Mark>;
  /** Names of exercises of which one is enough: each list is a choice. */
  choices?: readonly (readonly string[])[];
  /** Why the submission, or a part of it, could not be read. */
  remark?: string | undefined;
  /** What may be worth a look, though the marks hold. */
  notes?: readonly string[];
}

const SIGNS: Record<Verdict, string> = {
  yes: '✔',
  surprise: '!',
  'not yet': '➜',
  unclear: '✗',
  error: '✗',
  'time-out': '✗',
  'not run': '✗',
  'not needed': '–',
};
const ABSENT = '·';
const MEANING: readonly (readonly [string, string])[] = [
  ['✔', 'holds'],
  ['!', 'a prediction that was wrong, which is no fault'],
  ['➜', 'not yet'],
  ['✗', 'an error, or not run'],
  ['–', 'not needed: one of a choice is enough'],
  [ABSENT, 'nothing to be judged'],
];

/**
 * Returns the mark of an exercise that has none. Where a file could not be read, it is not known what is in
 * it.
 */
function missing({ remark }: Row): Mark {
  const sentence = remark === undefined ? 'it was not handed in.' : 'it was not judged: see the remark.';
  return { verdict: 'not run', sentence };
}

/** One exercise of a choice is enough: where one holds, the others are not needed. */
export function withChoices(
  marks: ReadonlyMap<string, Mark>,
  choices: readonly (readonly string[])[],
): Map<string, Mark> {
  const all = new Map(marks);
  for (const choice of choices) {
    const isMet = choice.some((name) => isHeld(marks.get(name)));
    const sentence = `one of ${choice.join(', ')} is enough.`;
    for (const name of choice) {
      if (isMet && !isHeld(marks.get(name))) all.set(name, { verdict: 'not needed', sentence });
    }
  }
  return all;
}

function isHeld(mark: Mark | undefined): boolean {
  return mark !== undefined && holds(mark);
}

/** What is needed: of each list one. */
function neededOf(rows: readonly Row[]): readonly (readonly string[])[] {
  const choices = new Map(rows.flatMap((row) => row.choices ?? []).map((choice) => [choice.join(), choice]));
  const chosen = new Set([...choices.values()].flat());
  const others = exercisesOf(rows).filter((name) => !chosen.has(name));
  return [...others.map((name) => [name]), ...choices.values()];
}

function heldIn({ marks }: Row, needed: readonly (readonly string[])[]): number {
  return needed.filter((some) => some.some((name) => isHeld(marks.get(name)))).length;
}

export function exercisesOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(({ marks }) => [...marks.keys()]))];
}

export function allHold(rows: readonly Row[]): boolean {
  const needed = neededOf(rows);
  return rows.every((row) => row.remark === undefined && heldIn(row, needed) === needed.length);
}

export function asText(rows: readonly Row[]): string {
  const exercises = exercisesOf(rows);
  const first = Math.max(0, ...rows.map(({ student }) => student.length));
  const line = (student: string, cells: string[]): string =>
    [student.padEnd(first), ...cells.map((cell, at) => cell.padEnd(exercises[at]?.length ?? 0))]
      .join('  ')
      .trimEnd();
  const table = [
    line('', exercises),
    ...rows.map(({ student, marks }) =>
      line(
        student,
        exercises.map((name) => signOf(marks.get(name))),
      ),
    ),
  ];
  return `${[...table, ...legend(rows), ...sentences(rows), '', ...summary(rows)].join('\n')}\n`;
}

function signOf(mark: Mark | undefined): string {
  return mark === undefined ? ABSENT : SIGNS[mark.verdict];
}

/** Returns the legend of the signs that are there. */
function legend(rows: readonly Row[]): string[] {
  const exercises = exercisesOf(rows);
  const there = new Set(rows.flatMap(({ marks }) => exercises.map((name) => signOf(marks.get(name)))));
  const told = MEANING.filter(([sign]) => there.has(sign)).map(([sign, means]) => `${sign} ${means}`);
  return told.length === 0 ? [] : ['', told.join('   ')];
}

/** What does not hold, and why; and what was seen beside it. */
function sentences(rows: readonly Row[]): string[] {
  const found = rows.flatMap(({ student, marks, remark, notes = [] }) => [
    ...[remark ?? [], notes].flat().map((said) => `${student}: ${said}`),
    ...[...marks]
      .filter(([, mark]) => !holds(mark) && mark.verdict !== 'not needed')
      .map(([name, { verdict, sentence }]) => `${student}, ${name}: ${verdict}: ${firstLine(sentence)}`),
  ]);
  return found.length === 0 ? [] : ['', ...found];
}

function summary(rows: readonly Row[]): string[] {
  const exercises = exercisesOf(rows);
  const needed = neededOf(rows);
  const count = (name: string): number => rows.filter(({ marks }) => isHeld(marks.get(name))).length;
  const held = rows.reduce((sum, row) => sum + heldIn(row, needed), 0);
  const width = Math.max(0, ...exercises.map((name) => name.length));
  return [
    ...exercises.map((name) => `${name.padEnd(width)}  ${count(name)} of ${rows.length} hold`),
    `${counted(rows.length, 'student')}, ${counted(needed.length, 'exercise')}: ` +
      `${held} of ${rows.length * needed.length} hold.`,
  ];
}

/** A header; then for each student, how many hold, and of each exercise the verdict and its sentence. */
export function asRows(rows: readonly Row[]): string[][] {
  const exercises = exercisesOf(rows);
  const needed = neededOf(rows);
  const header = ['student', 'holds', 'of', ...exercises.flatMap((name) => [name, `${name}: why`]), 'remark'];
  return [
    header,
    ...rows.map((row) => {
      const { student, marks, remark, notes = [] } = row;
      const each = exercises.map((name) => marks.get(name) ?? missing(row));
      const cells = each.flatMap(({ verdict, sentence }) => [verdict, sentence]);
      const held = heldIn(row, needed);
      return [student, `${held}`, `${needed.length}`, ...cells, [remark ?? [], notes].flat().join(' ')];
    }),
  ];
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

/** '1 student', '2 students' */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
