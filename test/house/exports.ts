// What a file exports, and what of that no other file names.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, type Source, sources } from './sources';

const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm;
const NOT_OURS = /(^|\/)(node_modules|dist)(\/|$)/;

/** Tests and measurements may need a name that no source does. */
const users: readonly Source[] = ['test', 'bench', 'book'].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
    .map((name) => `${top}/${name.split(path.sep).join('/')}`)
    .filter((file) => /\.m?[jt]s$/.test(file) && !NOT_OURS.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
);

/** A name in a text counts, for a program may ask for it so; one in a comment does not. */
function wordsOf({ text }: Source): Set<string> {
  const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  return new Set(code.match(/[A-Za-z_$][\w$]*/g));
}

export function unneededExports(): string[] {
  const words = [...sources, ...users].map((source) => ({ file: source.file, words: wordsOf(source) }));
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(EXPORT)]
      .map(([, name = '']) => name)
      .filter((name) => !words.some((other) => other.file !== file && other.words.has(name)))
      .map((name) => `${file}: ${name}`),
  );
}
