// The table student × exercise: as text for a terminal, as rows for a file. Pure.
import { holds, type Mark, type Verdict } from '../notebook-runner/verdicts';

export interface Row {
  student: string;
  /** By the exercise's name. */
  marks: ReadonlyMap<string, Mark>;
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
};
const MISSING: Mark = { verdict: 'not run', sentence: 'it was not handed in.' };

export function exercisesOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(({ marks }) => [...marks.keys()]))];
}

export function allHold(rows: readonly Row[]): boolean {
  const exercises = exercisesOf(rows);
  return rows.every(
    ({ marks, remark }) =>
      remark === undefined && exercises.every((name) => holds(marks.get(name) ?? MISSING)),
  );
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
  return `${[...table, ...sentences(rows), '', ...summary(rows)].join('\n')}\n`;
}

function signOf(mark: Mark | undefined): string {
  return mark === undefined ? '·' : SIGNS[mark.verdict];
}

/** What does not hold, and why; and what was seen beside it. */
function sentences(rows: readonly Row[]): string[] {
  const found = rows.flatMap(({ student, marks, remark, notes = [] }) => [
    ...[remark ?? [], notes].flat().map((said) => `${student}: ${said}`),
    ...[...marks]
      .filter(([, mark]) => !holds(mark))
      .map(([name, { verdict, sentence }]) => `${student}, ${name}: ${verdict}: ${firstLine(sentence)}`),
  ]);
  return found.length === 0 ? [] : ['', ...found];
}

function summary(rows: readonly Row[]): string[] {
  const exercises = exercisesOf(rows);
  const count = (name: string): number =>
    rows.filter(({ marks }) => holds(marks.get(name) ?? MISSING)).length;
  const held = exercises.reduce((sum, name) => sum + count(name), 0);
  const width = Math.max(0, ...exercises.map((name) => name.length));
  return [
    ...exercises.map((name) => `${name.padEnd(width)}  ${count(name)} of ${rows.length} hold`),
    `${counted(rows.length, 'student')}, ${counted(exercises.length, 'exercise')}: ` +
      `${held} of ${rows.length * exercises.length} hold.`,
  ];
}

/** A header; then for each student, how many hold, and of each exercise the verdict and its sentence. */
export function asRows(rows: readonly Row[]): string[][] {
  const exercises = exercisesOf(rows);
  const header = ['student', 'holds', 'of', ...exercises.flatMap((name) => [name, `${name}: why`]), 'remark'];
  return [
    header,
    ...rows.map(({ student, marks, remark, notes = [] }) => {
      const each = exercises.map((name) => marks.get(name) ?? MISSING);
      const held = each.filter(holds).length;
      const cells = each.flatMap(({ verdict, sentence }) => [verdict, sentence]);
      return [
        student,
        String(held),
        String(exercises.length),
        ...cells,
        [remark ?? [], notes].flat().join(' '),
      ];
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
