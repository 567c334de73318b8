// docs/benchmarks.md, made of the answers.
import { type Verdict, verdicts } from './goals';
import { describeMachine, describeVersions } from './machine';
import type { Question } from './question';
import type { Answer, Figure } from './rounds';

/** `note` is what a reader must know of the machine besides. */
export function page(answers: readonly Answer[], rounds: number, note?: string): string {
  const questions = [...new Set(answers.map(({ question }) => question))];
  return [
    '# Benchmarks',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. ${describeMachine()}. ${describeVersions()}.`,
    `One run of ${rounds} rounds. In each round every case was measured by everyone, one right after the other, each in a ` +
      'process of its own. A figure is the median of the rounds; a ratio is the median of the rounds’ own ratios, ours ' +
      'divided by theirs, with the lowest and the highest behind it. What takes minutes was measured in one round only. All ' +
      'of it lies in `bench/`.',
    ...(note === undefined ? [] : [note]),
    '## Beside Python',
    picture('python', 'Ratios to Python for each case, with the goals'),
    '## Beside the worker libraries',
    picture('pools', 'Tasks a second for each library'),
    '## Goals',
    ...goalTable(verdicts(answers)),
    '## Figures',
    ...questions.flatMap((question) => questionSection(question, answers)),
    '',
  ].join('\n\n');
}

/** `measured`: when and how, where the head of the page does not say it. */
export function questionSection(question: Question, answers: readonly Answer[], measured?: string): string[] {
  return [
    `### ${question.title}`,
    ...(question.note ? [question.note] : []),
    ...(measured === undefined ? [] : [measured]),
    ...answers.filter((answer) => answer.question === question).map(caseTable),
  ];
}

export function shown(value: number): string {
  if (Number.isNaN(value)) return 'failed';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(value < 10 ? 2 : 3)).toLocaleString('en');
}

export function goalText({ goal, answer }: Verdict): string {
  const limit = `${goal.is} ${shown(goal.value)}`;
  return goal.beside === undefined ? `${limit} ${answer.case.unit}` : `${limit}× ${goal.beside}`;
}

function goalTable(all: readonly Verdict[]): string[] {
  const missed = all.filter(({ isReached }) => !isReached);
  const rows = all.map(goalRow);
  const reasons = reasonLines(missed);
  return [
    reachedLine(all.length - missed.length, all.length),
    ['| case | goal | measured | |', '|---|---|---|---|', ...rows].join('\n'),
    ...(reasons.length > 0 ? ['Why the others were missed:', reasons.join('\n')] : []),
  ];
}

export function goalRow(verdict: Verdict): string {
  const { answer, goal, measured, isReached } = verdict;
  const unit = goal.beside === undefined ? ` ${answer.case.unit}` : '×';
  const figure = Number.isNaN(measured) ? 'no figure' : `${shown(measured)}${unit}`;
  return `| ${answer.question.name}: ${answer.case.name} | ${goalText(verdict)} | ${figure} | ${isReached ? 'reached' : '**missed**'} |`;
}

/** Of two goals for the same figure the reason stands once. */
export function reasonLines(missed: readonly Verdict[]): string[] {
  return [...new Set(missed.map(reasonLine))];
}

function reasonLine({ answer, goal }: Verdict): string {
  return `- **${answer.question.name}: ${answer.case.name}**: ${goal.ifMissed ?? 'not explained yet; the range of the ratios below says how much the rounds differ.'}`;
}

export function reachedLine(reached: number, all: number): string {
  return `${reached} of ${all} reached.`;
}

function caseTable({ case: { name, unit, better }, figures }: Answer): string {
  const rows = figures.map(
    (figure, index) =>
      `| ${figure.name} | ${figure.gap ?? shown(figure.median)} | ${index === 0 ? '' : ratio(figure)} |`,
  );
  const direction = better === 'more' ? 'more is better' : 'less is better';
  return [`| ${name} | ${unit}, ${direction} | ours / theirs |`, '|---|--:|--:|', ...rows].join('\n');
}

function ratio({ ratio: middle, lowest, highest, gap }: Figure): string {
  if (gap !== undefined) return '';
  return `${shown(middle)}× (${shown(lowest)}–${shown(highest)})`;
}

// The dark one is for readers whose screen is dark; GitHub and editors choose by the same query.
function picture(name: string, alternative: string): string {
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="images/benchmarks-${name}-dark.svg">`,
    `  <img alt="${alternative}" src="images/benchmarks-${name}-light.svg">`,
    '</picture>',
  ].join('\n');
}
