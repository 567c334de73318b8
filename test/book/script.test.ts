// A notebook as one TypeScript file: what may stand in cells, but not in a file, is arranged so that the file runs.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { scriptOf } from '../../book/script.mjs';
import { parlab } from '../support/commands/parlab';
import { nothingLeft } from '../support/processes/nothing-left';

const folder = mkdtempSync(path.join(tmpdir(), 'script-'));
after(async () => {
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

type Cell = Parameters<typeof scriptOf>[0][number];
const code = (source: string, ...tags: string[]): Cell => ({ cell_type: 'code', source, metadata: { tags } });
const text = (source: string): Cell => ({ cell_type: 'markdown', source, metadata: {} });

async function run(cells: Cell[]): Promise<string> {
  const file = path.join(folder, 'made.ts');
  writeFileSync(file, scriptOf(cells));
  const { code, stdout, stderr } = await parlab(['run', file]);
  assert.equal(code, 0, `${stderr}\n${scriptOf(cells)}`);
  return stdout;
}

describe('the file of a notebook', () => {
  test('has its texts as comments, and its cells in their order', () => {
    assert.equal(
      scriptOf([text('# Title\n\nWords.'), code('const a = 1;'), text('More.'), code('a;')]),
      '// # Title\n//\n// Words.\n\nconst a = 1;\n\n// More.\n\na;\n',
    );
  });

  test('imports once, at the top, what several cells import', () => {
    const cells = [
      code("import { Lock } from 'parlab';\nconst lock = new Lock();"),
      code("import { Process, type Lock } from 'parlab';\nimport 'node:fs';\nlock;"),
    ];
    assert.equal(
      scriptOf(cells),
      "import { Lock, Process } from 'parlab';\n\nimport 'node:fs';\n\nconst lock = new Lock();\n\nlock;\n",
    );
  });

  test('keeps a cell that is meant to fail, as a comment', () => {
    assert.equal(
      scriptOf([code('p0.name;', 'raises-exception')]),
      '// This fails, and shall:\n// p0.name;\n',
    );
  });

  test('runs when a later cell declares a name again, also with a pattern, and children take the new one', async () => {
    const start = '{ const p = new Process({ target: hi }); p.start(); await p.join(); }';
    const cells = [
      code(
        "import { Process } from 'parlab';\nfunction hi() { console.log('old'); }\nconst [word] = ['one'];",
      ),
      code(start),
      code("function hi() { console.log('new', word); }\nconst { word } = { word: 'two' };"),
      code(start),
    ];
    assert.equal(await run(cells), 'old\nnew two\n');
  });

  test('keeps a trace where a cell shows one, as a notebook does', async () => {
    const cells = [
      code("import { Lock, timeline } from 'parlab';\nawait new Lock({ name: 'door' }).with(() => {});"),
      code('console.log(String(timeline()).includes("door"));'),
    ];
    assert.equal(await run(cells), 'true\n');
  });

  test('does not let a bracket go on with the cell before it', async () => {
    assert.equal(
      await run([code('const xs = [1, 2]'), code('[3].forEach((x) => console.log(x, xs.length))')]),
      '3 2\n',
    );
  });
});
