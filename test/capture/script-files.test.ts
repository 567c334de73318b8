// What is told of a script by its file is what the debugger tells of it; where the two may differ, the debugger is asked.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'parlab-script-files-'));
after(() => rmSync(folder, { recursive: true }));

const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":[],"mappings":""}').toString('base64')}`;
const body = 'const { sep } = require("node:path");\nexports.f = function f(x) { return x + sep; };\n';
const esm = 'import { sep } from "node:path";\nexport function f(x) { return x + sep; }\n';

interface Program {
  files: Record<string, string>;
  /** What gives `exports`; `path` is the first file. */
  load?: string;
  /** Whether its file is enough. */
  isRead: boolean;
}

const programs: Record<string, Program> = {
  'a module': { files: { 'a.js': body }, isRead: true },
  'one called .cjs': { files: { 'a.cjs': body }, isRead: true },
  'one that is strict': { files: { 'a.js': `'use strict';\n${body}` }, isRead: true },
  'one with a comment, letters and signs of all kinds': {
    files: { 'a.js': `/* é 😀 \u2028 */\r\n\r\n${body}` },
    isRead: true,
  },
  'one with a first line for the shell': { files: { 'a.js': `#!/usr/bin/env node\n${body}` }, isRead: true },
  'one with a map beside it': { files: { 'a.js': `${body}//# sourceMappingURL=a.js.map` }, isRead: true },
  'one with a map inside': { files: { 'a.js': `${body}${inline}` }, isRead: false },
  'one with a name of its own': { files: { 'a.js': `${body}//# sourceURL=other.js` }, isRead: false },
  'one with a byte order mark': { files: { 'a.js': `\uFEFF${body}` }, isRead: true },
  'one that knows nothing of CommonJS': {
    files: { 'a.js': 'globalThis.f = function f(x) { return x; };' },
    load: 'require(path); exports = globalThis',
    isRead: false,
  },
  'one that somebody changes on its way': {
    files: { 'a.js': body },
    load: `const js = Module._extensions['.js'];
      Module._extensions['.js'] = (module, file) => module._compile(require('node:fs').readFileSync(file, 'utf8').replace('x + sep', 'sep + x'), file);
      exports = require(path)`,
    isRead: false,
  },
  'one whose compiling somebody has taken over': {
    files: { 'a.js': body },
    load: `const { _compile } = Module.prototype;
      Module.prototype._compile = function (text, file) { return _compile.call(this, text.replace('x + sep', 'sep + x'), file); };
      exports = require(path)`,
    isRead: false,
  },
  'one that was written after its loading': {
    files: { 'a.js': body },
    load: `exports = require(path); require('node:fs').writeFileSync(path, ${JSON.stringify(body.replace('x + sep', 'sep + x'))})`,
    isRead: false,
  },
  'one that was removed after its loading': {
    files: { 'a.js': body },
    load: `exports = require(path); require('node:fs').rmSync(path)`,
    isRead: false,
  },
  'one that is no longer in the cache': {
    files: { 'a.js': body },
    load: 'exports = require(path); delete require.cache[path]',
    isRead: false,
  },
  'an ES module': { files: { 'a.mjs': esm }, load: 'exports = await import(path)', isRead: true },
  'an ES module called .js': {
    files: { 'a.js': esm, 'package.json': '{"type":"module"}' },
    load: 'exports = await import(path)',
    isRead: true,
  },
  'an ES module called .js that might be a script': {
    files: { 'a.js': 'globalThis.f = function f(x) { return x; };', 'package.json': '{"type":"module"}' },
    load: 'await import(path); exports = globalThis',
    isRead: false,
  },
  'one of two with the same text': {
    files: { 'a.js': body, 'b.js': body },
    load: `exports = require(path); require(path.replace('a.js', 'b.js'))`,
    isRead: false,
  },
  'one whose beginning V8 has forgotten': {
    files: { 'a.js': body },
    load: `exports = require(path); require('node:v8').setFlagsFromString('--expose-gc'); require('node:vm').runInNewContext('gc')()`,
    isRead: true,
  },
  'what eval() made': {
    files: { 'a.js': 'exports.f = eval("(function f(x) { return x; })");' },
    isRead: false,
  },
  'a script of node:vm': {
    files: {
      'a.js': 'exports.f = require("node:vm").runInThisContext("(function f(x) { return x; })", __filename);',
    },
    isRead: false,
  },
};

const source = join(__dirname, '..', '..', 'src');

/** Prints what the library says of the script of `f`, what the debugger says, and what the file alone says. */
const asking = (load: string) => `
  const Module = require('node:module');
  const { Session } = require('node:inspector');
  const { inspectFunction } = require(${JSON.stringify(join(source, 'capture/functions/inspection'))});
  const { scriptOf } = require(${JSON.stringify(join(source, 'capture/functions/scripts'))});
  const { fileOfScript } = require(${JSON.stringify(join(source, 'capture/functions/script-files'))});
  const { fileURLToPath } = require('node:url');
  const path = process.argv[2];
  (async () => {
    let exports;
    ${load};
    const { location } = inspectFunction(exports.f);
    const file = fileOfScript(exports.f, location.scriptId);
    const { url, text, isModule, isStrict, startLine, startColumn } = scriptOf(exports.f);
    const session = new Session();
    session.connect();
    let parsed;
    session.on('Debugger.scriptParsed', ({ params }) => {
      if (params.scriptId === location.scriptId) parsed = params;
    });
    session.post('Debugger.enable');
    let told;
    session.post('Debugger.getScriptSource', { scriptId: location.scriptId }, (_, answer) => (told = answer.scriptSource));
    const isUrl = parsed.isModule || !parsed.url.startsWith('file:');
    console.log(JSON.stringify({
      isRead: file !== undefined,
      said: { url, text, isModule, startLine, startColumn },
      told: {
        url: isUrl ? parsed.url : fileURLToPath(parsed.url),
        text: told,
        isModule: parsed.isModule ?? false,
        startLine: parsed.startLine,
        startColumn: parsed.startColumn,
      },
      isStrict,
    }));
  })();
`;

describe('the script of a function in', () => {
  for (const [title, { files, load = 'exports = require(path)', isRead }] of Object.entries(programs)) {
    test(title, () => {
      const place = join(folder, title.replace(/\W/g, '-'));
      mkdirSync(place);
      const before = new Date(Date.now() - 60_000);
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(place, name), text);
        utimesSync(join(place, name), before, before);
      }
      const program = join(place, 'asking.cjs');
      writeFileSync(program, asking(load));
      const path = join(place, Object.keys(files)[0] as string);
      const { stdout, stderr } = spawnSync(process.execPath, [program, path], { encoding: 'utf8' });
      assert.equal(stderr, '');
      const answer = JSON.parse(stdout);
      assert.deepEqual(answer.said, answer.told);
      assert.equal(answer.isRead, isRead, 'whether the file was enough');
      const isStrict = answer.told.isModule || /^.?'use strict'/.test(answer.told.text);
      assert.equal(answer.isStrict, isStrict);
    });
  }
});
