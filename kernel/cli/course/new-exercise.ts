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
      cell('markdown', 'wrong', WRONG, ['wrong']),
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
import { check, everythingJoined, exercise, hint, returns, Verdict } from '${LIBRARY}/tutorial';

const counter = new RawValue('int32', 0);
const lock = new Lock();

async function together(add: () => void, children: number, start: number) {
  counter.value = start;
  const all = Array.from({ length: children }, () => new Process({ target: add }));
  for (const child of all) child.start();
  for (const child of all) await child.join();
  return counter.value;
}`;

const TASK = `**Your turn.** \`together(addOne, 2, 0)\` sets \`counter\` to 0 and starts two children, which add 1 each. In some
orders one of them is lost. Change \`addOne\` so that nothing is lost in any order, with any number of children.`;

/** In the students' version the lines between the two comments are gone. */
const EXERCISE = `function addOne() {
  // BEGIN SOLUTION
  using held = lock.acquireSync();
  // END SOLUTION
  counter.value = counter.value + 1;
}`;

/** Several inputs: an answer that knows one result fails with the other. */
function checkOf(name: string): string {
  return `const task = exercise(${name}, {
  check: async (add: () => void) => {
    let verdict = Verdict.notYet('nothing was tried.');
    for (const [children, start] of [[2, 0], [3, 10]]) {
      const right = [returns(start + children), everythingJoined()];
      verdict = await check(() => together(add, children, start), right);
      if (verdict.passed) continue;
      return Verdict.notYet(\`with \${children} children, from \${start}: \${verdict.sentence}\`, verdict.counterExample);
    }
    return verdict;
  },
  hints: [
    'Between reading and writing the counter, what may the other child do?',
    'Only one child at a time should be between the two. The lock is there already.',
    'Take the lock before the line that adds, and let it go after it.',
  ],
});

await task.check(addOne);`;
}

const WRONG =
  `**Wrong answers.** \`parlab release\` tries each of them: the check must refuse it. Students do not get this cell.

The result of one input:

~~~ts
function addOne() {
  counter.value = 2;
}
~~~

A value that nobody asks for:

~~~ts
function addOne() {
  return 2;
}
~~~

A lock for each child:

~~~ts
function addOne() {
  const own = new Lock();
  using held = own.acquireSync();
  counter.value = counter.value + 1;
}
~~~

The lock is let go between reading and writing:

~~~ts
function addOne() {
  lock.acquireSync();
  const seen = counter.value;
  lock.release();
  counter.value = seen + 1;
}
~~~

The lock is never let go:

~~~ts
function addOne() {
  lock.acquireSync();
  counter.value = counter.value + 1;
}
~~~`.replaceAll('~~~', '```');
