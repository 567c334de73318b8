// What the documents point to exists: links, pictures, and the files and folders that they name.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Compiled tests lie in dist/test/docs. */
const root = path.resolve(__dirname, '../../..');

const documents = [
  ...readdirSync(root),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `docs/${name}`,
  ),
  ...readdirSync(path.join(root, 'notebooks')).map((name) => `notebooks/${name}`),
].filter((name) => name.endsWith('.md'));

for (const document of documents) {
  const text = readFileSync(path.join(root, document), 'utf8');
  const folder = path.join(root, path.dirname(document));

  test(`${document} links to what exists`, () => {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      assert.ok(existsSync(path.join(folder, target)), target);
    }
  });

  test(`${document} names files and folders that exist`, () => {
    for (const [, name = ''] of text.matchAll(/`((?:src|kernel|test|docs|notebooks|bench)\/[\w./-]*)`/g)) {
      if (/NN-/.test(name)) continue; // a name to be chosen
      assert.ok(existsSync(path.join(root, name)), name);
    }
  });
}
