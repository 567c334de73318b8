// The house keeps its own rules, in the manner of rust-analyzer's tidy: walls, first lines, lengths, and pages that tell the truth.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import * as parlab from '../../src/index';
import { importsOf, ours, roomOf, root, type Source, sources } from './sources';
import { longFiles, mayImport, onlyIn } from './walls';

const MOST_LINES = 300;
const WIDTH = 110;

const page = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const rooms = [...new Set(sources.map(({ file }) => roomOf(file)))].sort();

function roomsImportedBy(room: string): string[] {
  const found = sources
    .filter(({ file }) => roomOf(file) === room)
    .flatMap((source) => importsOf(source).map((name) => ours(source, name)))
    .flatMap((file) => (file === undefined ? [] : roomOf(file)));
  return [...new Set(found)].filter((each) => each !== room).sort();
}

describe('the walls', () => {
  test('let the kernel reach the library by the name of its package alone', () => {
    const around = sources
      .filter(({ file }) => file.startsWith('kernel/'))
      .filter((source) =>
        importsOf(source).some((name) => name.startsWith('.') && ours(source, name)?.startsWith('src/')),
      );
    assert.deepEqual(
      around.map(({ file }) => file),
      [],
    );
  });

  test('name every room, and none that is gone', () => {
    assert.deepEqual(Object.keys(mayImport).sort(), rooms);
  });

  for (const room of rooms) {
    test(`${room} imports what its row says, no more and no less`, () => {
      assert.deepEqual(roomsImportedBy(room), [...(mayImport[room] ?? [])].sort());
    });
  }

  test('have no circle of rooms', () => {
    const done = new Set<string>();
    const visit = (room: string, way: string[]): void => {
      assert.ok(!way.includes(room), [...way, room].join(' → '));
      if (done.has(room)) return;
      done.add(room);
      for (const next of mayImport[room] ?? []) visit(next, [...way, room]);
    };
    for (const room of rooms) visit(room, []);
  });

  test('keep what runs in one process of the kernel out of the others', () => {
    const floors = ['kernel-process', 'compiler-process', 'session-process'].map((each) => `kernel/${each}`);
    for (const [room, imported] of Object.entries(mayImport)) {
      const floor = floors.find((each) => room.startsWith(each));
      const others = imported.filter((each) =>
        floors.some((other) => other !== floor && each.startsWith(other)),
      );
      if (floor !== undefined) assert.deepEqual(others, [], room);
      if (room.startsWith('src/')) assert.ok(!imported.some((each) => each.startsWith('kernel/')), room);
    }
  });

  for (const [name, allowed] of Object.entries(onlyIn)) {
    test(`${name} is imported in ${allowed.join(' and ')} alone`, () => {
      const used = sources.filter((source) =>
        importsOf(source).some((each) => each === name || each.startsWith(`${name}/`)),
      );
      const elsewhere = used.filter(({ file }) => !allowed.some((room) => file.startsWith(`${room}/`)));
      assert.deepEqual(
        elsewhere.map(({ file }) => file),
        [],
      );
      assert.ok(used.length > 0, 'nobody imports it');
    });
  }
});

describe('the pages', () => {
  const howItWorks = page('docs/how-it-works.md');

  test('docs/how-it-works.md has each room in its table of folders, and no other', () => {
    const table = /## Folders[\s\S]*?```\n([\s\S]*?)```/.exec(howItWorks)?.[1] ?? '';
    const told = foldersOf(table);
    const isFile = (room: string) => /\.(ts|mjs)$/.test(room);
    const inTree = rooms.filter((room) => !isFile(room));
    assert.deepEqual(
      inTree.filter((room) => !told.includes(room)),
      [],
    );
    assert.deepEqual(
      told.filter((folder) => !existsSync(path.join(root, folder))),
      [],
    );
    for (const room of rooms) if (isFile(room)) assert.ok(table.includes(path.basename(room)), room);
  });

  test('docs/decisions/dependencies.md has each package that is imported, with the rooms that import it', () => {
    const table = new Map<string, string>();
    for (const row of page('docs/decisions/dependencies.md').split('\n')) {
      const [, names = '', , where = ''] = row.split('|');
      for (const [, name = ''] of names.matchAll(/`([^`]+)`/g)) table.set(name, where);
    }
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter((name) => !/^(\.|node:|parlab)/.test(name))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !placesOf(table.get(name)).some((place) => source.file.startsWith(place)))
        .map((name) => `${source.file} imports ${name}`),
    );
    assert.deepEqual(wrong, []);
    const imported = sources.flatMap(importsOf);
    for (const name of table.keys())
      assert.ok(
        imported.some((each) => each === name || each.startsWith(`${name}/`)),
        `nobody imports ${name}`,
      );
  });
});

/** What stands at the beginning of each row, one or more folders side by side; a row belongs to the one it is indented under. */
function foldersOf(table: string): string[] {
  const above: string[] = [];
  return table.split('\n').flatMap((row) => {
    const [, indent = '', names = ''] = /^( *)((?:[\w-]+\/ *)+)/.exec(row) ?? [];
    const depth = indent.length / 2;
    return names.split(/\s+/).flatMap((name) => {
      if (name === '') return [];
      const folder = [...above.slice(0, depth), name.slice(0, -1)].join('/');
      above[depth] = name.slice(0, -1);
      return [folder];
    });
  });
}

function placesOf(where = ''): string[] {
  return [...where.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place);
}

describe('each source', () => {
  const long = sources.filter(({ text }) => text.split('\n').length - 1 > MOST_LINES).map(({ file }) => file);

  test('begins by saying what it is for', () => {
    const silent = sources.filter(({ text }) => !/^(#!.*\n)?(\/\/ |\/\*\*)/.test(text));
    assert.deepEqual(
      silent.map(({ file }) => file),
      [],
    );
  });

  test(`has at most ${MOST_LINES} lines, or a reason`, () => {
    assert.deepEqual(long.sort(), Object.keys(longFiles).sort());
  });

  test(`keeps its comments within ${WIDTH} columns, examples apart`, () => {
    assert.deepEqual(sources.flatMap(tooWide), []);
  });
});

function tooWide({ file, text }: Source): string[] {
  let inExample = false;
  return text.split('\n').flatMap((line, index) => {
    const isDocstring = /^\s*\*/.test(line);
    if (/^\s*\* @example/.test(line)) inExample = true;
    else if (!isDocstring || /^\s*\*( @|\/)/.test(line)) inExample = false;
    const isComment = isDocstring || /^\s*(\/\/|\/\*\*)/.test(line);
    return isComment && !inExample && line.length > WIDTH ? [`${file}:${index + 1}`] : [];
  });
}

describe('the errors', () => {
  const classes = sources
    .filter(({ file }) => file.startsWith('src/'))
    .flatMap(({ text }) => [
      ...text.matchAll(/^ *(?:export )?(?:abstract )?class (\w+Error) extends \w*Error\b/gm),
    ])
    .map(([, name = '']) => name);

  for (const name of classes) {
    test(`${name} can be imported by who catches it`, () => assert.ok(name in parlab));
  }
});
