// Submissions in which a cell ends the session, or does not end itself: the table says so.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parlab } from '../../support/commands/parlab';
import { code, notebook } from '../../support/notebooks/cells';
import { nothingLeft } from '../../support/processes/nothing-left';

const CHECK =
  "import { Verdict } from 'parlab/tutorial';\nn === 2 ? Verdict.yes('it is 2.') : Verdict.notYet('no.');";

/** Two exercises, both right; `trouble` stands between them, or where it says. */
function submission(trouble: string, at: 'before' | 'between' | 'in the check' = 'between'): string {
  const [before, between, inside] = ['before', 'between', 'in the check'].map((each) =>
    each === at ? trouble : '',
  );
  const cells = [
    code('trouble', before ?? ''),
    code('one', 'const n = 2;', 'exercise'),
    code('one-check', `${inside}\n${CHECK}`, 'check'),
    code('second-trouble', between ?? ''),
    code('two', 'const m = 2;', 'exercise'),
    code('two-check', CHECK.replaceAll('n === ', 'm === '), 'check'),
  ];
  return JSON.stringify({ ...notebook(...cells), metadata: {} });
}

const IDLE = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';

const STUDENTS: Record<string, [submitted: string, row: RegExp]> = {
  'a-exit': [
    submission('process.exit(3);'),
    /,1,2,yes,it is 2\.,not run,"?Not judged, because the session had ended\. Cell 3 \(`process\.exit\(3\);`\): The session ended because process\.exit\(3\) was called\./,
  ],
  'b-killed': [
    submission("// Away.\nprocess.kill(process.pid, 'SIGKILL');"),
    /,1,2,yes,it is 2\.,not run,"?Not judged, .* Cell 3 \(`process\.kill\(process\.pid, 'SIGKILL'\);`\): The session was killed \(SIGKILL\)/,
  ],
  'c-behind': [
    submission('setTimeout(() => process.exit(4), 1);\nsetTimeout(() => {}, 500);'),
    /,1,2,yes,it is 2\.,not run,"?Not judged, .*process\.exit\(4\) was called\./,
  ],
  'd-check': [
    submission('process.exit(5);', 'in the check'),
    /,0,2,error,"?Cell 2 \(`process\.exit\(5\);`\): .*,not run,"?Not judged, .*process\.exit\(5\) was called\./,
  ],
  'e-kernel': [
    submission("process.kill(process.ppid, 'SIGKILL');", 'before'),
    /,0,2,not run,"?Not judged: The kernel died while Cell 1 \(`process\.kill\(process\.ppid, 'SIGKILL'\);`\) ran\./,
  ],
  'f-loops': [
    submission('for (;;);', 'before'),
    /,2,2,yes,it is 2\.,yes,it is 2\.,Cell 1 \(`for \(;;\);`\) did not end within 20 seconds\.$/,
  ],
  'g-waits': [
    submission(IDLE),
    /,2,2,yes,it is 2\.,yes,it is 2\.,Cell 3 \(`await new Promise\(\(resolve\) => setTimeo…`\) did not end within 20 seconds\.$/,
  ],
  'h-python': [
    submission('def add(n):'),
    /,2,2,yes,it is 2\.,yes,it is 2\.,"?Cell 3 \(`def add\(n\):`\) ended with an error: .*Python.*$/,
  ],
  'i-throws': [
    submission("const more = () => 3;\nthrow new RangeError('the well is dry');"),
    /,2,2,yes,it is 2\.,yes,it is 2\.,Cell 3 \(`const more = \(\) => 3;`\) ended with an error: RangeError: the well is dry$/,
  ],
};

describe('the table of grades', () => {
  let course: string;
  let rows: string[];
  before(async () => {
    course = mkdtempSync(path.join(tmpdir(), 'troubles-'));
    mkdirSync(path.join(course, 'submitted'));
    for (const [student, [submitted]] of Object.entries(STUDENTS))
      writeFileSync(path.join(course, 'submitted', `${student}.ipynb`), submitted);
    const args = ['grade', 'submitted', '--to', 'grades.csv', '--timeout', '20'];
    const { code, stdout, stderr } = await parlab(args, { cwd: course, limitMs: 15 * 60_000 });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^f-loops: Cell 1 \(`for \(;;\);`\) did not end within 20 seconds\.$/m);
    rows = readFileSync(path.join(course, 'grades.csv'), 'utf8').trim().split('\r\n');
  });
  after(async () => {
    rmSync(course, { recursive: true, force: true });
    await nothingLeft();
  });

  for (const [at, [student, [, row]]] of Object.entries(STUDENTS).entries()) {
    test(`says what happened: ${student}`, () => {
      assert.ok(rows[at + 1]?.startsWith(`${student},`));
      assert.match(rows[at + 1] ?? '', row);
    });
  }
});
