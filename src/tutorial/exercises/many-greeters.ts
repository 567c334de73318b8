// Notebook 03: as many greeters as asked for, tried with numbers and names that the student has not seen.

import { counted } from '../../system/counted';
import { commonFault, names } from '../common-faults';
import { makeExercise } from '../exercise';
import { Verdict } from '../verdict';
import { type Run, watch } from '../watch';

/** One and none are where loops go wrong; the last one is more than most machines have cores. */
const TRIES = [
  { name: 'Noor', count: 3 },
  { name: 'Emre', count: 1 },
  { name: 'Yuki', count: 0 },
  { name: 'Zola', count: 6 },
] as const;

const exercise = makeExercise<(name: string, count: number) => unknown>('Many greeters', { check });

/**
 * Judges `greeters(name, count)`: does it start `count` children that greet `name`?
 *
 * @example
 * const verdict = await checkGreeters(() => {});
 * console.log(verdict.sentence);
 * // → I called it with ('Noor', 3): 3 children were wanted, but no process was made.
 */
export const checkGreeters = exercise.check;

async function check(solution: (name: string, count: number) => unknown): Promise<Verdict> {
  for (const { name, count } of TRIES) {
    const run = await watch(() => solution(name, count));
    const fault = faultIn(run, name, count);
    if (fault !== undefined) return Verdict.notYet(`I called it with ('${name}', ${count}): ${fault}`);
  }
  const counts = TRIES.map(({ count }) => count).join(', ');
  return Verdict.yes(
    `I tried ${counts} children. Each time every child greeted once, as a process of its own.`,
  );
}

function faultIn(run: Run, name: string, count: number): string | undefined {
  if (run.processes.length === 0 && count > 0 && !run.threw && run.returned) {
    return `${counted(count, 'child was', 'children were')} wanted, but no process was made.`;
  }
  const common = commonFault(run);
  if (common !== undefined) return common;

  if (run.processes.length !== count) {
    const hint = count === 0 ? ' With 0, the loop must not run at all.' : '';
    return `${counted(count, 'child was', 'children were')} wanted, ${run.processes.length} came.${hint}`;
  }
  const silent = run.processes.filter((process) => process.lines.length === 0);
  if (silent.length > 0) return `${names(silent)} said nothing.`;
  const chatty = run.processes.find((process) => process.lines.length > 1);
  if (chatty)
    return `${chatty.name} printed ${chatty.lines.length} lines. Each child greets once, in one line.`;
  for (const process of run.processes) {
    const line = process.lines[0] ?? '';
    if (!line.includes(name)) return `${process.name} printed "${line}". Where is the name ${name}?`;
    if (!/\d/.test(line)) {
      return `${process.name} printed "${line}", without its process number: \`currentProcess().pid\`.`;
    }
    if (!hasNumber(line, process.pid)) {
      return `${process.name} printed "${line}", but its own process number is ${process.pid}.`;
    }
  }
  return undefined;
}

function hasNumber(line: string, pid: number | null): boolean {
  return line.match(/\d+/g)?.includes(String(pid)) ?? false;
}
