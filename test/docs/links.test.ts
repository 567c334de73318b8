// What the documents and the notebooks point to exists: files, pictures, headings, and the files and folders that they name. What lies in
// the network is asked for by nobody.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';

/** Compiled tests lie in dist/test/docs. */
const root = path.resolve(__dirname, '../../..');
const markdown = new MarkdownIt({ html: true });

const NOT_OURS = /(^|\/)(node_modules|dist|\.[^/]+|test)(\/|$)/;

/** From the root, with slashes. */
const documents = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => /\.(md|ipynb)$/.test(name) && !NOT_OURS.test(name))
  .sort();

/** The Markdown of a file: of a notebook, its cells of text. */
function textOf(document: string): string {
  const text = readFileSync(path.join(root, document), 'utf8');
  if (!document.endsWith('.ipynb')) return text;
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
  return cells
    .filter(({ cell_type }) => cell_type === 'markdown')
    .map(({ source }) => [source].flat().join(''))
    .join('\n\n');
}

const tokensOf = (text: string): Token[] =>
  markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);

/** The targets of links and pictures, in Markdown and in HTML. */
function targetsOf(text: string): string[] {
  return tokensOf(text).flatMap((token) => {
    if (token.type === 'link_open') return [token.attrGet('href') ?? ''];
    if (token.type === 'image') return [token.attrGet('src') ?? ''];
    if (!/^html_/.test(token.type)) return [];
    return [...token.content.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, target = '']) => target);
  });
}

/** What can stand behind the # of a link to a document: its headings as code hosts name them, and `<a id="…">`. */
function anchorsOf(document: string): Set<string> {
  const slugger = new GithubSlugger();
  const text = textOf(document);
  const tokens = markdown.parse(text, {});
  const headings = tokens.flatMap((token, at) => {
    if (token.type !== 'heading_open') return [];
    const heading = tokens[at + 1]?.children ?? [];
    return [slugger.slug(heading.map(({ content }) => content).join(''))];
  });
  const named = [...text.matchAll(/^<a id="([\w-]+)"><\/a>$/gm)].map(([, id = '']) => id);
  return new Set([...headings, ...named]);
}

/** What is wrong with a link, or undefined. */
function fault(document: string, target: string): string | undefined {
  if (/^[a-z]+:/i.test(target)) return URL.canParse(target) ? undefined : `${target} is no address`;
  const [name = '', anchor] = target.split('#').map(decodeURIComponent);
  const file = name === '' ? document : path.posix.join(path.posix.dirname(document), name);
  if (file.startsWith('..')) return `${target} leads out of the repository`;
  if (!existsSync(path.join(root, file))) return `${target}: there is no ${file}`;
  if (anchor === undefined) return undefined;
  if (!/\.(md|ipynb)$/.test(file)) return `${target}: nothing is known of places in ${file}`;
  return anchorsOf(file).has(anchor) ? undefined : `${target}: ${file} has no such heading`;
}

test('there are documents and notebooks', () => assert.ok(documents.length > 50, documents.join(' ')));

for (const document of documents) {
  test(`${document} links to what exists`, () => {
    const faults = targetsOf(textOf(document)).map((target) => fault(document, target));
    assert.deepEqual(
      faults.filter((each) => each !== undefined),
      [],
    );
  });

  test(`${document} names files and folders that exist`, () => {
    for (const [, name = ''] of textOf(document).matchAll(
      /`((?:src|kernel|test|docs|notebooks|bench|book)\/[\w./-]*)`/g,
    )) {
      if (/NN-/.test(name)) continue; // a name to be chosen
      assert.ok(existsSync(path.join(root, name)), name);
    }
  });
}

describe('a link', () => {
  const judged: [string, RegExp | undefined][] = [
    ['docs/kernel.md', undefined],
    ['docs/original.md#examples', undefined],
    ['#two-commands', undefined],
    ['https://example.org/x', undefined],
    ['docs/kernal.md', /there is no docs\/kernal\.md/],
    ['docs/original.md#exampels', /has no such heading/],
    ['#three-commands', /README\.md has no such heading/],
    ['../elsewhere.md', /leads out of the repository/],
    ['https://', /is no address/],
  ];
  for (const [target, wrong] of judged)
    test(`to ${target} is ${wrong ? 'found to be wrong' : 'right'}`, () => {
      const found = fault('README.md', target);
      if (wrong) assert.match(found ?? '', wrong);
      else assert.equal(found, undefined);
    });
});
