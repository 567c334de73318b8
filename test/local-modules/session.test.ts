// What a session loads a second time, and from where: whatever was changed since, and from the notebook's
// folder, wherever the process works.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { parlab } from '../support/commands/parlab';
import { nothingLeft } from '../support/processes/nothing-left';
import { notebookOf } from './project';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parlab-session-')));
after(() => rmSync(folder, { recursive: true, force: true }));
after(nothingLeft);

const FILES = {
  'package.json': '{ "type": "module" }',
  'place.mjs': "export const place = 'here';",
  'changed.mjs': "export const changed = 'old';",
  'through.js': "export { changed } from './changed.mjs'; export const url = import.meta.url;",
  'stays.mjs': 'export const loaded = (globalThis.loads = (globalThis.loads ?? 0) + 1);',
  'else/place.mjs': "export const place = 'elsewhere';",
  'waits.ts': "export const waited: string = await Promise.resolve('waited');",
  'wrong.ts': "export const never: string = await Promise.reject(new RangeError('the well is dry'));",
  'circle.ts':
    "import { other } from './other'; export const one = await Promise.resolve(1); export const two = () => one + other;",
  'other.ts':
    "import { one } from './circle'; export const other = await Promise.resolve(1); export const later = () => one;",
  'early.ts':
    "import { late } from './late'; export function hoisted() { return 'hoisted'; } export const early = late;",
  'late.ts': "import { hoisted } from './early'; export const late: string = hoisted();",
  'node_modules/modern/package.json': '{ "type": "module", "exports": { "import": "./index.js" } }',
  'node_modules/modern/index.js': "export const age = await Promise.resolve('modern');",
  'uses-modern.ts': "import { age } from 'modern'; export const used: string = age;",
  'far/node_modules/on-path/package.json': '{ "type": "module", "main": "index.js" }',
  'far/node_modules/on-path/index.js': "export const found = 'on the path';",
};

const CELLS = [
  "import { changed } from './through.js'; import { loaded } from './stays.mjs'; console.log(changed, loaded);",
  "import { writeFileSync } from 'node:fs'; writeFileSync('changed.mjs', \"export const changed = 'new';\");",
  "import { changed, url } from './through.js'; import { loaded } from './stays.mjs'; console.log(changed, loaded, url.split('/').at(-1));",
  "console.log((await import('./through.js')).changed, (await import('./changed.mjs')).changed);",
  "process.chdir('else'); import { place } from './place.mjs'; console.log(place, (await import('./place.mjs')).place);",
  "const at: string = './place.mjs'; console.log((await import(at)).place, (await import('modern')).age);",
  "import { found } from 'on-path'; console.log(found, (await import('on-path')).found);",
  "import { used } from './uses-modern'; console.log(used);",
  "import { two } from './circle'; import { later } from './other'; console.log(two(), later());",
  "import { early } from './early'; console.log(early);",
  "import { Pool } from 'parlab'; import { waited } from './waits'; { await using pool = new Pool({ processes: 1 }); console.log(await pool.apply(() => waited)); }",
  "try { await import('./wrong'); } catch (error) { console.log(String(error)); }",
  "import { never } from './wrong'; console.log(never);",
];

test('A session loads what a cell means, again when it was changed, and from the notebook', async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const notebook = join(folder, 'cells.ipynb');
  writeFileSync(notebook, notebookOf(CELLS));
  const NODE_PATH = join(folder, 'far', 'node_modules');
  const { stdout, stderr } = await parlab(['run', notebook], { env: { ...process.env, NODE_PATH } });
  assert.deepEqual(stdout.trim().split('\n'), [
    'old 1',
    'new 1 through.js',
    'new new',
    'here here',
    'here modern',
    'on the path on the path',
    'modern',
    '2 1',
    'hoisted',
    'waited',
    'RangeError: the well is dry',
  ]);
  assert.match(stderr, /^RangeError.*the well is dry[\s\S]*wrong\.ts/);
});
