// @ts-check
// Puts the modules of a package into one file, from which they load in half of the time
// (src/system/load-together.ts).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param {string} folder where the compiled modules lie */
export function putTogether(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.js'))
    .sort();
  /** @type {Record<string, [number, number]>} */
  const places = {};
  /** @type {Buffer[]} */
  const texts = [];
  let from = 0;
  for (const name of names) {
    const text = readFileSync(path.join(folder, name));
    // In what is compiled in this way, import() is not at home yet.
    if (/\bimport\(/.test(text.toString('utf8'))) continue;
    places[name] = [from, from + text.length];
    from += text.length;
    texts.push(text);
  }
  writeFileSync(
    path.join(folder, 'together.txt'),
    Buffer.concat([Buffer.from(`${JSON.stringify(places)}\n`), ...texts]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const folder of process.argv.slice(2)) putTogether(folder);
