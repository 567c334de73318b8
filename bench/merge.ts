// Puts the answers to some questions into a page that has others already. Knows the page as page.ts writes it.
import { verdicts } from './goals';
import { goalRow, questionSection, reachedLine, reasonLines } from './page';
import { questions } from './questions';
import type { Answer } from './rounds';

const FIGURES = '\n## Figures\n\n';
const ROW = /^\| (\w[\w-]*): .*\|$/;
const REASON = /^- \*\*(\w[\w-]*): /;
const REASONS_FOLLOW = 'Why the others were missed:';

/** `measured`: when and how, for the head of the page tells of another run. */
export function merged(before: string, answers: readonly Answer[], measured: string): string {
  const [head, figures] = before.split(FIGURES) as [string, string | undefined];
  if (figures === undefined)
    throw new Error('docs/benchmarks.md has no section "Figures": measure everything once.');
  return `${withGoals(head, answers)}${FIGURES}${withSections(figures, answers, measured)}`;
}

function withSections(figures: string, answers: readonly Answer[], measured: string): string {
  const known = new Map<string, string>();
  for (const section of figures.split(/^(?=### )/m)) known.set(titleOf(section), section.trimEnd());
  for (const question of new Set(answers.map((answer) => answer.question))) {
    known.set(`### ${question.title}`, questionSection(question, answers, measured).join('\n\n'));
  }
  const order = questions.map(({ title }) => `### ${title}`);
  const place = (section: string) => order.indexOf(titleOf(section));
  return `${[...known.values()].sort((one, other) => place(one) - place(other)).join('\n\n')}\n`;
}

const titleOf = (section: string) => section.split('\n', 1)[0] ?? '';

function withGoals(head: string, answers: readonly Answer[]): string {
  const all = verdicts(answers);
  const names = new Set(answers.map(({ question }) => question.name));
  const lines = head.split('\n');
  const kept = (form: RegExp) =>
    lines.filter((line) => form.test(line) && !names.has(form.exec(line)?.[1] ?? ''));
  const rows = inOrder([...kept(ROW), ...all.map(goalRow)], ROW);
  const reasons = inOrder(
    [...kept(REASON), ...reasonLines(all.filter(({ isReached }) => !isReached))],
    REASON,
  );
  const missed = rows.filter((row) => row.endsWith('**missed** |')).length;
  const begin = head.slice(0, head.indexOf('## Goals'));
  return [
    `${begin}## Goals\n\n${reachedLine(rows.length - missed, rows.length)}\n`,
    ['| case | goal | measured | |', '|---|---|---|---|', ...rows, ''].join('\n'),
    ...(reasons.length > 0 ? [`${REASONS_FOLLOW}\n`, ...reasons, ''] : []),
  ].join('\n');
}

/** By the question that a line is about. */
function inOrder(lines: readonly string[], form: RegExp): string[] {
  const place = (line: string) => questions.findIndex(({ name }) => name === form.exec(line)?.[1]);
  return [...lines].sort((one, other) => place(one) - place(other));
}
