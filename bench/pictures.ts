// What the two plots show: how many times as fast as Python, and the pools side by side.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './contenders';
import type { Answer } from './rounds';

interface Bar {
  name: string;
  value: number;
  goal?: number;
}

interface Picture {
  file: string;
  title: string;
  unit: string;
  bars: Bar[];
}

export function drawPictures(answers: readonly Answer[], folder: string): void {
  const pictures: Picture[] = [
    {
      file: join(folder, 'benchmarks-python'),
      title: 'Times as fast as Python (the black marks are the goals)',
      unit: '×',
      bars: answers.flatMap(besidePython),
    },
    {
      file: join(folder, 'benchmarks-pools'),
      title: 'Tasks a second, as Python’s Pool = 1',
      unit: '×',
      bars: answers.filter(({ question }) => question.name === 'pool').flatMap(besideEachOther),
    },
  ];
  execFileSync(process.execPath, [join(root, 'bench', 'draw.mjs')], { input: JSON.stringify(pictures) });
}

// Times are turned round, so that a longer bar is always better.
function besidePython({ question, case: { name, better, goals = [] }, figures }: Answer): Bar[] {
  const turned = (ratio: number) => (better === 'more' ? ratio : 1 / ratio);
  return figures
    .filter(({ kind, ratio }) => kind === 'python' && ratio > 0)
    .map((theirs) => {
      const goal = goals.find(({ beside }) => beside === theirs.name)?.value;
      const other = theirs.name === 'Python' ? '' : ` (${theirs.name})`;
      const bar = { name: `${question.name}: ${name}${other}`, value: turned(theirs.ratio) };
      return goal === undefined ? bar : { ...bar, goal: turned(goal) };
    });
}

function besideEachOther({ case: { name }, figures }: Answer): Bar[] {
  const python = figures.find(({ kind }) => kind === 'python');
  if (python === undefined) return [];
  return figures
    .filter(({ median }) => median > 0)
    .map(({ name: who, median }) => ({ name: `${name}: ${who}`, value: median / python.median }));
}
