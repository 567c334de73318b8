// @ts-check
// `npm run book`: runs the notebooks, and makes of them a book as static pages, and of each one page, slides, a PDF and a TypeScript
// file. Everything lands in one folder, which any web server can show, or none.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareEverything } from '../kernel/cli/set-up/prepare.mjs';
import { runProgram } from '../kernel/cli/set-up/run-program.mjs';
import { CannotGoOn, say, sayWhile } from '../kernel/cli/set-up/say.mjs';
import { keptVenv } from '../kernel/cli/set-up/venv.mjs';
import { printPages } from './print.mjs';
import { scriptOf } from './script.mjs';
import { forReaders } from './slides.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'book');

/** What is made of each notebook, in the order of the table on the first page. */
const KINDS = [
  { name: 'one page', place: 'pages', end: '.html' },
  { name: 'slides', place: 'slides', end: '.slides.html' },
  { name: 'PDF', place: 'pdf', end: '.pdf' },
  { name: 'TypeScript', place: 'ts', end: '.ts' },
];

function options() {
  try {
    return parseArgs({
      options: {
        notebooks: { type: 'string', default: path.join(root, 'notebooks') },
        to: { type: 'string', default: path.join(root, 'dist', 'book') },
        title: { type: 'string', default: 'Parallel processes in TypeScript' },
        repository: { type: 'string', default: '' },
        branch: { type: 'string', default: 'main' },
        hub: { type: 'string', default: '' },
        'as-saved': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new CannotGoOn(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string} what
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function step(what, file, args, env = process.env) {
  const { code, output } = await sayWhile(what, () => runProgram(file, args, { cwd: root, env }));
  if (code !== 0) throw new CannotGoOn(`${what} failed:\n${output}`);
  return output;
}

/**
 * Where the notebooks are, from the top of the repository that they belong to.
 * @param {string} notebooks
 */
function inRepository(notebooks) {
  let top = notebooks;
  while (!existsSync(path.join(top, '.git'))) {
    // In no repository: as if it lay at the top of one.
    if (path.dirname(top) === top) return path.basename(notebooks);
    top = path.dirname(top);
  }
  return path.relative(top, notebooks).split(path.sep).join('/');
}

/** @param {string} folder */
function notebooksIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ipynb'))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

/** @param {{ source: string, exports: string, names: string[], python: string }} given */
async function exportEach({ source, exports, names, python }) {
  const options = [
    ...['-m', 'nbconvert', '--log-level=WARN', '--embed-images'],
    `--TemplateExporter.extra_template_basedirs=${path.join(folder, 'templates')}`,
    ...['dist', path.join('plugin', 'notes')].map(
      (part) =>
        `--TemplateExporter.extra_template_paths=${path.join(root, 'node_modules', 'reveal.js', part)}`,
    ),
  ];
  // One run for each folder: nbconvert puts what it makes into one.
  for (const below of new Set(names.map((name) => path.posix.dirname(name)))) {
    const files = names
      .filter((name) => path.posix.dirname(name) === below)
      .map((name) => path.join(source, name));
    /** @param {string} place */
    const to = (place) => `--output-dir=${path.join(exports, place, below)}`;
    const where = below === '.' ? 'notebooks' : `notebooks in ${below}`;
    const page = ['--to=html', '--template=parlab-page', to('pages')];
    await step(`One page of each of the ${where}`, python, [...options, ...page, ...files]);
    // The template has reveal.js inside; these links of the one that it extends would lead into the network.
    const alone = '--SlidesExporter.reveal_url_prefix=data:text/css,';
    const slides = ['--to=slides', '--template=parlab-slides', alone, to('slides')];
    await step(`Slides of the ${where}`, python, [...options, ...slides, ...files]);
  }
  for (const name of names) {
    const file = path.join(exports, 'ts', name.replace(/\.ipynb$/, '.ts'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, scriptOf(JSON.parse(readFileSync(path.join(source, name), 'utf8')).cells));
  }
}

/**
 * The first page: the README of the notebooks, if they have one, and what there is of each.
 * @param {string} source
 * @param {string} exports
 * @param {string[]} names
 * @param {string} title
 */
function writeFirstPage(source, exports, names, title) {
  const kinds = KINDS.filter(({ place }) => existsSync(path.join(exports, place)));
  const rows = names.map((name) => {
    const stem = name.replace(/\.ipynb$/, '');
    const links = kinds.map(({ name, place, end }) => `<a href="${place}/${stem}${end}">${name}</a>`);
    return `| [](${name}) | ${links.join(' · ')} |`;
  });
  const readme = path.join(source, 'README.md');
  // What stands beside the notebooks is not in the book.
  const written = existsSync(readme) ? readFileSync(readme, 'utf8') : `# ${title}`;
  const text = written.replace(/^.*\]\(\.\.\/.*\n\n?/gm, '').trimEnd();
  const stems = names.map((name) => name.replace(/\.ipynb$/, ''));
  writeFileSync(
    readme,
    [
      text,
      '## To keep, to show and to print',
      ['| notebook | also as |', '|---|---|', ...rows].join('\n'),
      ['```{toctree}', ':hidden:', '', ...stems, '```'].join('\n'),
    ].join('\n\n'),
  );
  // Who asks for the folder is shown its first page.
  writeFileSync(
    path.join(exports, 'index.html'),
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=README.html"><a href="README.html">The book</a>\n',
  );
}

try {
  const { notebooks, to, title, repository, branch, hub, 'as-saved': asSaved } = options();
  if (!existsSync(notebooks)) throw new CannotGoOn(`There is no folder ${notebooks}.`);
  const { file: jupyter } = await prepareEverything(root);
  const python = await keptVenv(root, {
    venv: path.join(root, '.venv-book'),
    requirements: path.join(folder, 'requirements.txt'),
    what: 'what makes the book',
  });
  const source = path.join(to, 'source');
  const exports = path.join(to, 'exports');
  const site = path.join(to, 'site');
  for (const made of [source, exports, site]) rmSync(made, { recursive: true, force: true });
  cpSync(notebooks, source, {
    recursive: true,
    filter: (name) => !name.includes('.ipynb_checkpoints'),
  });
  const names = notebooksIn(source);
  if (names.length === 0) throw new CannotGoOn(`There is no notebook in ${notebooks}.`);
  for (const name of names) {
    const file = path.join(source, name);
    const notebook = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...notebook, cells: forReaders(notebook.cells) }));
  }
  if (!asSaved) {
    const main = path.join(root, 'kernel', 'dist', 'main.js');
    const env = { ...process.env, JUPYTER_PYTHON: jupyter };
    await step(
      `Running ${names.length} notebooks`,
      process.execPath,
      [main, 'check', '--write', source],
      env,
    );
  }
  await exportEach({ source, exports, names, python });
  const printed = await sayWhile('Printing', () =>
    printPages(
      names.map((name) => name.replace(/\.ipynb$/, '')),
      path.join(exports, 'pages'),
      path.join(exports, 'pdf'),
    ),
  );
  if (!printed) say('  there is no PDF: no Chromium was found (set CHROMIUM to its path)');
  writeFirstPage(source, exports, names, title);
  const warnings = await step(
    'Making the book',
    python,
    ['-m', 'sphinx', '-q', '-b', 'html', '-c', folder, source, site],
    {
      ...process.env,
      PARLAB_BOOK: JSON.stringify({
        ...{ title, repository, branch, hub, exports },
        folder: inRepository(path.resolve(notebooks)),
      }),
    },
  );
  process.stdout.write(warnings);
  say(`The book is in ${path.relative(process.cwd(), path.join(site, 'README.html'))}`);
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
