// Local modules come along to a host that has none of the program's files; packages are looked for there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { nothingLeft } from '../support/processes/nothing-left';
import { startBroker, type TestBroker } from './broker';
import { endHosts, startHost } from './hosts';

const run = promisify(execFile);
const SOURCES = join(__dirname, '../../../src/dist');

const project: Record<string, string> = {
  'lib/shout.js': `const { loud } = require('./loud'); const settings = require('../settings.json');
    exports.shout = (text) => loud(text) + settings.end;`,
  'lib/loud.js': 'exports.loud = (text) => text.toUpperCase();',
  'settings.json': '{ "end": "!" }',
  'lib/tools.mjs': `import { twice } from './deep/twice.mjs'; import { left } from 'pad';
    export const tools = (text) => left(twice(text)); export default tools;`,
  'lib/deep/twice.mjs': 'export const twice = (text) => text + text;',
  'lib/padded.js': `const { left } = require('pad'); exports.padded = (text) => left(text);`,
  'lib/other.js': `exports.other = (text) => require('absent').other(text);`,
  'lib/point.js':
    'exports.Point = class Point { constructor(x) { this.x = x; } twice() { return new this.constructor(this.x * 2); } };',
  'lib/typed.ts': `import { loud } from './loud'; enum Size { small = 3 } export const typed = (text: string): string => loud(text) + Size.small;`,
  'lib/named.ts': `import { typed } from '@lib/typed'; export const named = (text: string) => '<' + typed(text) + '>';`,
  'lib/lazy.js': `exports.lazy = (name) => require('./' + name).loud('lazy');`,
  'node_modules/pad/package.json': '{ "name": "pad", "version": "1.2.0" }',
  'node_modules/pad/index.js': `exports.left = (text) => '  ' + text;`,
  'node_modules/absent/package.json': '{ "name": "absent", "version": "4.18.1" }',
  'node_modules/absent/index.js': 'exports.other = (text) => text;',
};

const elsewhere: Record<string, string> = {
  'node_modules/pad/package.json': '{ "name": "pad", "version": "1.3.1" }',
  'node_modules/pad/index.js': `exports.left = (text) => '__' + text;`,
};

let broker: TestBroker;
let folder = '';
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modules-'));
  process.env.PARLAB_MODULES = join(folder, 'unpacked');
  writeAll(join(folder, 'project'), project);
  writeAll(join(folder, 'elsewhere'), elsewhere);
  broker = await startBroker();
  await startHost(broker, 'anna', { home: join(folder, 'elsewhere') });
});
after(async () => {
  await endHosts();
  await broker.stop();
  rmSync(folder, { recursive: true, force: true });
  await nothingLeft();
});

function writeAll(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** What a program of the project prints that calls `body` with a pool. */
async function printed(body: string, { file = 'main.cjs', args = [] as string[] } = {}): Promise<string> {
  const program = `
    const { getContext } = require(${JSON.stringify(join(SOURCES, 'index'))});
    const pool = new (getContext(${JSON.stringify(broker.url())}).Pool)();
    (async () => { ${body} })().catch((error) => console.log(error.code, error.message)).finally(() => pool.terminate());`;
  const path = join(folder, 'project', file);
  writeFileSync(path, program);
  const { stdout } = await run(process.execPath, [...args, path], {
    env: { ...process.env, ...broker.env },
    cwd: join(folder, 'project'),
    timeout: 60_000,
  });
  return stdout.trim();
}

const cases: readonly [
  title: string,
  body: string,
  expected: string | RegExp,
  file?: string,
  args?: string[],
][] = [
  [
    'a module, what it requires, and its data',
    `const { shout } = require('./lib/shout'); console.log(await pool.map(shout, ['a', 'b']));`,
    "[ 'A!', 'B!' ]",
  ],
  [
    'a module that a function closes over',
    `const lib = require('./lib/shout'); console.log(await pool.apply(() => lib.shout('x') + lib.shout('y')));`,
    'X!Y!',
  ],
  [
    'ES modules, with a package of the host',
    `const { tools } = await import('./lib/tools.mjs'); console.log(await pool.apply(() => tools('ab')));`,
    '__abab',
  ],
  [
    'a package that is newer there',
    `const { padded } = require('./lib/padded'); console.log(await pool.apply(padded, ['x']));`,
    '__x',
  ],
  [
    'a package that is not there is named, and nothing is tried again',
    `const { other } = require('./lib/other'); require('absent');
     await pool.map(other, [1, 2, 3]).catch((error) => console.log(error.message, pool.stats.died));`,
    /^The function needs absent@4\.18\.1, and the worker's host has no absent\. Install it there, where `parlab worker` runs: npm install absent@4\.18\.1 0$/,
  ],
  [
    'a class comes back as itself',
    `const { Point } = require('./lib/point');
     const [point] = await pool.map((p) => p.twice(), [new Point(4)]); console.log(point instanceof Point, point.x);`,
    'true 8',
  ],
  [
    'what a function requires by itself',
    `console.log(await pool.apply(() => require('./lib/loud').loud('me')));`,
    'ME',
  ],
  [
    'a name that is put together, once it was loaded here',
    `const { lazy } = require('./lib/lazy'); lazy('loud'); console.log(await pool.apply(lazy, ['loud']));`,
    'LAZY',
  ],
  [
    'TypeScript as it was compiled here',
    `const { typed } = require('./lib/typed'); console.log(await pool.apply(typed, ['t']));`,
    'T3',
    'main.cjs',
    ['-r', join(__dirname, '../../../kernel/dist/cli/ts-node/register.js')],
  ],
];

describe('a host without the files of the program gets', () => {
  for (const [title, body, expected, file, args] of cases) {
    test(title, async () => {
      const text = await printed(body, { ...(file && { file }), ...(args && { args }) });
      if (typeof expected === 'string') assert.equal(text, expected);
      else assert.match(text, expected);
    });
  }
});
