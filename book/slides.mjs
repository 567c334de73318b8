// @ts-check
// Which cell begins a slide: a rule over the texts and tags of a notebook, so that nobody decides it by hand.
// `npm run slides` writes it into the notebooks; names of files behind it choose some of them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Cell
 * @property {string} cell_type
 * @property {string | string[]} source
 * @property {{ tags?: string[], slideshow?: { slide_type: string } } & Record<string, unknown>} metadata
 *
 * @typedef {'slide' | 'subslide' | '-' | 'notes' | 'skip'} SlideType `-` goes on with the slide before it
 */

/** What asks the class begins a slide to the right; what answers comes below it. */
const ASKS = /^(#|\*\*(Predict|Try|Questions?|Your turn|One more|Key points)\b)/;
/** A student compares her own guess; there is none on a slide. */
const COMPARES = /\b(answer|predicted)\(/;

/**
 * @param {readonly Cell[]} cells
 * @returns {SlideType[]}
 */
export function slideTypes(cells) {
  return cells.map((cell, at) => {
    const tags = cell.metadata.tags ?? [];
    const source = [cell.source].flat().join('');
    if (at === 0) return 'slide';
    if (tags.includes('solution')) return 'notes';
    if (tags.includes('check') || tags.includes('wrong')) return 'skip';
    if (cell.cell_type === 'code') return COMPARES.test(source) ? 'skip' : '-';
    return ASKS.test(source) ? 'slide' : 'subslide';
  });
}

/**
 * The cells with the rule's metadata, in the order of keys in which Jupyter writes them.
 * @template {Cell} C
 * @param {readonly C[]} cells
 * @returns {C[]}
 */
export function withSlides(cells) {
  const types = slideTypes(cells);
  return cells.map((cell, at) => {
    const metadata = { ...cell.metadata, slideshow: { slide_type: types[at] } };
    return {
      ...cell,
      metadata: Object.fromEntries(Object.entries(metadata).sort(([one], [other]) => (one < other ? -1 : 1))),
    };
  });
}

/**
 * What readers get: wrong answers are for the check alone.
 * @template {Cell} C
 * @param {readonly C[]} cells
 * @returns {C[]}
 */
export function forReaders(cells) {
  return withSlides(cells.filter((cell) => !cell.metadata.tags?.includes('wrong')));
}

/** @param {string} file */
function write(file) {
  const text = readFileSync(file, 'utf8');
  const notebook = JSON.parse(text);
  const written = `${JSON.stringify({ ...notebook, cells: withSlides(notebook.cells) }, null, 1)}\n`;
  if (written === text) return;
  writeFileSync(file, written);
  process.stdout.write(`${path.relative(process.cwd(), file)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.resolve(path.dirname(process.argv[1]), '..', 'notebooks');
  const chosen = process.argv.slice(2);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .map((name) => path.join(folder, name));
  for (const file of chosen.length > 0 ? chosen : files) write(file);
}
