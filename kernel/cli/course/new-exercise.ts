// A notebook with one checked exercise in it, which runs at once: to be changed into one's own. Pure.
import type { Cell, Notebook } from '../notebook-runner/notebook-file';
import { toLines } from '../notebook-runner/notebook-file';

/** `slug`: the name as a file has it. */
export function newExercise(
  { name, slug }: { name: string; slug: string },
  metadata: Record<string, unknown>,
): Notebook {
  const quoted = `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const cell = (cell_type: string, id: string, source: string, tags: string[] = []): Cell => ({
    cell_type,
    id: `${slug}-${id}`,
    metadata: tags.length > 0 ? { tags } : {},
    ...(cell_type === 'code' && { outputs: [], execution_count: null }),
    source: toLines(source),
  });
  return {
    cells: [
      cell('markdown', 'title', `# ${name}\n\nWhy does this matter? Say it here, in two or three sentences.`),
      cell('code', 'given', GIVEN),
      cell('markdown', 'task', TASK),
      { ...cell('code', 'exercise', EXERCISE, ['exercise']), id: slug },
      cell('code', 'check', checkOf(quoted), ['check']),
      cell('code', 'hints', 'hint(task)'),
      cell('markdown', 'key-points', '**Key points**\n\n- What should a student remember?'),
    ],
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  } as Notebook;
}

/** What the notebook imports; this file does not. */
const LIBRARY = 'parlab';

const GIVEN = `import { Lock, Process, RawValue } from '${LIBRARY}';
import { check, everythingJoined, exercise, hint, returns } from '${LIBRARY}/tutorial';

const counter = new RawValue('int32', 0);
const lock = new Lock();`;

const TASK = `**Your turn.** Two children add 1 to \`counter\`. In some orders one of them is lost.
Change \`addOne\` so that the counter is 2 in every order.`;

/** In the students' version the lines between the two comments are gone. */
const EXERCISE = `function addOne() {
  // BEGIN SOLUTION
  using held = lock.acquireSync();
  // END SOLUTION
  counter.value = counter.value + 1;
}

async function twoAdd() {
  const children = [1, 2].map(() => new Process({ target: addOne }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return counter.value;
}`;

function checkOf(name: string): string {
  return `const task = exercise(${name}, {
  check: (program: () => Promise<number>) => check(program, [returns(2), everythingJoined()]),
  hints: [
    'Between reading and writing the counter, what may the other child do?',
    'Only one child at a time should be between the two. The lock is there already.',
    'Take the lock before the line that adds, and let it go after it.',
  ],
});

await task.check(twoAdd);`;
}
