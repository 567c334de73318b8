// A package whose modules lie in one file loads as one whose modules Node looks for.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';

const root = mkdtempSync(join(realpathSync(tmpdir()), 'parlab-together-'));
after(() => rmSync(root, { recursive: true }));

const loader = join(__dirname, '..', '..', 'src', 'system', 'load-together.js');
const builder = join(__dirname, '..', '..', '..', 'kernel', 'cli', 'set-up', 'put-together.mjs');
const beginning = `const load_together_1 = require(${JSON.stringify(loader)});
(0, load_together_1.loadTogether)(module, __dirname);
`;
const told = `
const own = Object.keys(require.cache).filter((file) => file.startsWith(__dirname));
const name = (file) => require('node:path').relative(__dirname, file);
console.log(JSON.stringify(own.map((file) => {
  const { id, filename, loaded, paths, children, parent } = require.cache[file];
  return [name(id), name(filename), loaded, paths, children.map((child) => name(child.filename)).sort(), parent && name(parent.filename)];
}).sort()));
`;

interface Package {
  modules: Record<string, string>;
  /** What comes between build and run. */
  change?: (folder: string) => void;
}

const packages: Record<string, Package> = {
  'modules that need each other': {
    modules: {
      'main.js': `${beginning}const a_1 = require("./a");\nconsole.log(a_1.say());${told}`,
      'a.js':
        'exports.name = "a";\nconst b_1 = require("./b");\nexports.say = () => b_1.of() + exports.name;',
      'b.js':
        'const a_1 = require("./a");\nexports.seen = Object.keys(a_1);\nexports.of = () => exports.seen + a_1.name;',
    },
  },
  'what is required later, or from elsewhere': {
    modules: {
      'main.js': `${beginning}const a_1 = require("./deep/a");\nconsole.log(a_1.later(), a_1.where(), a_1.json(), a_1.lists());${told}`,
      'deep/a.js':
        'const b_1 = require("../b");\nconst node_path_1 = require("node:path");\nexports.later = () => require("./c").c;\nexports.where = () => node_path_1.relative(__dirname, require.resolve("../b")) + b_1.b;\nexports.json = () => require("./d.json").d;\nexports.lists = () => [require.cache === require("node:module")._cache, require.main.filename === b_1.main, require.resolve.paths("x")[0] === node_path_1.join(__dirname, "node_modules")];',
      'deep/c.js': 'exports.c = 3;',
      'deep/d.json': '{"d":4}',
      'b.js': 'exports.b = "b";\nexports.main = require.main.filename;',
    },
  },
  'an error on the way, which is tried again': {
    modules: {
      'main.js': `try { ${beginning} } catch (error) { console.log(error.stack.split('\\n')[1].trim().replace(__dirname, '')); }\nglobalThis.ready = true;\nconst a_1 = require("./a");\nconsole.log(a_1.fine);${told}`,
      'a.js':
        '"use strict";\nif (!globalThis.ready)\n    throw new Error("not yet");\nexports.fine = "fine";',
    },
  },
  'a module that was compiled since': {
    modules: {
      'main.js': `${beginning}const a_1 = require("./a");\nconsole.log(a_1.text);${told}`,
      'a.js': 'const b_1 = require("./b");\nexports.text = "old" + b_1.b;',
      'b.js': 'exports.b = "b";',
    },
    change(folder) {
      const soon = new Date(Date.now() + 5000);
      writeFileSync(join(folder, 'a.js'), 'const b_1 = require("./b");\nexports.text = "new" + b_1.b;');
      utimesSync(join(folder, 'a.js'), soon, soon);
    },
  },
  'a module that imports when asked': {
    modules: {
      'main.js': `${beginning}const a_1 = require("./a");\na_1.get().then(({ x }) => console.log(x));${told}`,
      'a.js': 'exports.get = () => import("./x.mjs");',
      'x.mjs': 'export const x = "x";',
    },
  },
};

describe('modules in one file are loaded as Node loads them:', () => {
  for (const [title, { modules, change }] of Object.entries(packages)) {
    test(title, () => {
      const folder = join(root, title.replace(/\W+/g, '-'));
      for (const [name, text] of Object.entries(modules)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      change?.(folder);
      const looked = run(folder);
      for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
      putTogether(folder);
      change?.(folder);
      const together = run(folder);
      if (title !== 'an error on the way, which is tried again') assert.deepEqual(together, looked);
      else assert.deepEqual(together, ['at Object.<anonymous> (/a.js:3:11)', ...looked]);
    });
  }

  test('nothing is looked for that lies in the file', () => {
    const folder = join(root, 'gone');
    mkdirSync(join(folder, 'node_modules', 'one'), { recursive: true });
    const place = join(folder, 'node_modules', 'one');
    writeFileSync(join(place, 'main.js'), `${beginning}const a_1 = require("./a");\nconsole.log(a_1.a);`);
    writeFileSync(join(place, 'a.js'), 'const b_1 = require("./b");\nexports.a = b_1.b;');
    writeFileSync(join(place, 'b.js'), 'exports.b = "there";');
    putTogether(place);
    rmSync(join(place, 'b.js'));
    assert.deepEqual(run(place), ['there']);
  });

  test('a package that reads functions is loaded when it is first used', () => {
    const folder = join(root, 'waits');
    mkdirSync(join(folder, 'node_modules', 'acorn'), { recursive: true });
    writeFileSync(
      join(folder, 'node_modules', 'acorn', 'index.js'),
      'console.log("loaded");\nexports.parse = (text) => text + "!";\nexports.word = "a word";',
    );
    writeFileSync(
      join(folder, 'a.js'),
      'const acorn_1 = require("acorn");\nexports.read = (text) => (0, acorn_1.parse)(text) + acorn_1.word;',
    );
    writeFileSync(
      join(folder, 'main.js'),
      `${beginning}const a_1 = require("./a");\nconsole.log("began");\nconsole.log(a_1.read("a"), a_1.read("b"));`,
    );
    putTogether(folder);
    assert.deepEqual(run(folder), ['began', 'loaded', 'a!a word b!a word']);
  });
});

function putTogether(folder: string): void {
  const program = `import { putTogether } from ${JSON.stringify(builder)}; putTogether(${JSON.stringify(folder)});`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
}

function run(folder: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'main.js')], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout.trim().split('\n');
}
