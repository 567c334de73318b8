// Reads the pages of docs/parity/ and writes what follows from them: the table of all tests, and the table of answers.
// Run as a program it brings both up to date: node dist/test/docs/parity-pages.js
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answers } from '../support/python/answers';
import { areas, everyTest, testsOf } from '../support/python/cpython-tests';

/** Compiled tests lie in dist/test/docs. */
const folder = path.resolve(__dirname, '../../../docs/parity');

export interface Row {
  page: string;
  /** What its last column says. */
  holds: string;
}

export interface Table {
  text: string;
  rows: ReadonlyMap<string, Row>;
}

export const overview = path.join(folder, 'README.md');
export const answersPage = path.join(folder, 'answers.md');

/** Each test that a page names. A class alone stands for all of its tests that have no row of their own. */
export function readRows(): Map<string, Row> {
  const rows = new Map<string, Row>();
  const wholeClasses: [group: string, row: Row][] = [];
  for (const page of readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
    for (const cells of tableRows(readFileSync(path.join(folder, page), 'utf8'))) {
      const row = { page, holds: cells.at(-1) ?? '' };
      let group = '';
      for (const [, word = ''] of (cells[0] ?? '').matchAll(/`([^`]+)`/g)) {
        const [, named, name] = /^(?:(\w+)\.)?(test_\w+)$/.exec(word) ?? [];
        group = named ?? group;
        if (name === undefined) wholeClasses.push([word, row]);
        else rows.set(`${group}.${name}`, row);
      }
    }
  }
  for (const test of everyTest) {
    const whole = wholeClasses.find(([group]) => test.startsWith(`${group}.`));
    if (whole !== undefined && !rows.has(test)) rows.set(test, whole[1]);
  }
  return rows;
}

export function holds(row: Row | undefined): boolean {
  return row?.holds.startsWith('yes') ?? false;
}

export function overviewText(): string {
  const rows = readRows();
  const count = (tests: readonly string[]) => tests.filter((test) => holds(rows.get(test))).length;
  const lines = Object.keys(areas).map((area) => {
    const tests = testsOf(area);
    const pages = new Set(tests.flatMap((test) => rows.get(test)?.page ?? []));
    return `| ${area} | ${[...pages].map(link).join(', ')} | ${tests.length} | ${count(tests)} |`;
  });
  const all = everyTest.map((test) => {
    const row = rows.get(test);
    return `| \`${test}\` | ${row === undefined ? '' : link(row.page)} | ${row?.holds ?? 'not yet'} |`;
  });
  return `# Beside CPython's own tests

CPython tests its \`multiprocessing\` with 218 methods (\`Lib/test/_test_multiprocessing.py\`, 3.11). 197 of them mean something
outside of Python. Here **${count(everyTest)} of 197** hold. What each call answers is in [answers](answers.md).

| area | page | tests | hold |
|---|---|---|---|
${lines.join('\n')}

## All of them

| CPython test | page | holds |
|---|---|---|
${all.join('\n')}

This page is written by \`node dist/test/docs/parity-pages.js\` from the pages that it links to; a test says when it is behind.
`;
}

export function answersTable(): string {
  const lines = answers.map(({ call, python, ours }) => `| ${call} | ${python} | ${ours} |`);
  return ['| call | CPython 3.11 | here |', '|---|---|---|', ...lines].join('\n');
}

/** The page with its first table as the tests have it. */
export function answersText(): string {
  const text = readFileSync(answersPage, 'utf8');
  return text.replace(/(answers\.test\.ts`\.\n\n)[\s\S]*?(\n\n## )/, (_all, before, after) => {
    return `${before}${answersTable()}${after}`;
  });
}

export function* tableRows(text: string): Generator<string[]> {
  for (const line of text.split('\n')) {
    if (/^\| (?!-)/.test(line))
      yield line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
  }
}

function link(page: string): string {
  return `[${page.replace('.md', '')}](${page})`;
}

if (require.main === module) {
  writeFileSync(overview, overviewText());
  writeFileSync(answersPage, answersText());
}
