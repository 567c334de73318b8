// @ts-check
// `npm run coverage`: which lines of src/ and kernel/ the tests of `npm run check` run, in whatever process. Words behind it
// choose test files, as with npm test. Node itself notes what each process runs; what is killed, or forked, leaves no note.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/cli/set-up/build.mjs';
import { prepareProgram } from '../kernel/cli/set-up/prepare.mjs';
import { runAtOnce } from './run/at-once.mjs';
import { codeLines, runLines } from './run/lines-run.mjs';
import { runFile } from './run/one-file.mjs';
import { testFiles } from './run/test-files.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const CODE = ['src/dist', 'kernel/dist'];
const notes = mkdtempSync(path.join(os.tmpdir(), 'coverage-'));

/** By file: the lines that hold code, and those of them that some process has run. @type {Map<string, { code: Set<number>, run: Set<number> }>} */
const files = new Map();
for (const folder of CODE) {
  for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
    const file = path.join(root, folder, name);
    if (!name.endsWith('.js') || !statSync(file).isFile()) continue;
    files.set(file, { code: codeLines(readFileSync(file, 'utf8')), run: new Set() });
  }
}

/** @param {string} folder */
function read(folder) {
  for (const name of readdirSync(folder)) {
    try {
      const { result } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      for (const { url, functions } of result) {
        const file = url.startsWith('file:') && files.get(fileURLToPath(url));
        if (file) runLines(readFileSync(fileURLToPath(url), 'utf8'), functions, file.run);
      }
    } catch {
      // A process that was killed while it wrote.
    }
  }
  rmSync(folder, { recursive: true });
}

/** @param {string} folder */
function percent(folder) {
  let [code, run] = [0, 0];
  for (const [file, lines] of files) {
    if (!file.startsWith(path.join(root, folder) + path.sep)) continue;
    code += lines.code.size;
    run += [...lines.code].filter((line) => lines.run.has(line)).length;
  }
  return code === 0 ? 100 : (100 * run) / code;
}

await prepareProgram(root, EVERYTHING);
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
let failed = 0;
await runAtOnce(testFiles(root, { quick: chosen.length === 0, chosen }), async (name) => {
  const folder = mkdtempSync(path.join(notes, 'file-'));
  const ran = await runFile(root, name, { ...process.env, NODE_V8_COVERAGE: folder });
  failed += ran.failed;
  process.stdout.write(`test/${name}: ${ran.passed} passed, ${ran.failed} failed\n${ran.failures}`);
  read(folder);
});
rmSync(notes, { recursive: true, force: true });

const rooms = CODE.flatMap((folder) => [
  folder,
  ...readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`),
]);
const lines = rooms.map((room) => `${percent(room).toFixed(1).padStart(6)} % ${room.replace('/dist', '')}`);
process.stdout.write(`\nLines that were run:\n${lines.join('\n')}\n`);
if (process.env.PARLAB_UNCOVERED) {
  const missing = [...files].map(([file, { code, run }]) => {
    const never = [...code].filter((line) => !run.has(line));
    return `${path.relative(root, file)}: ${never.join(' ')}`;
  });
  writeFileSync(process.env.PARLAB_UNCOVERED, `${missing.join('\n')}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
