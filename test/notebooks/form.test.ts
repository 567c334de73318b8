// What every notebook has in common, whatever it teaches.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { languageInfo } from '../../kernel/kernel-process/handlers/kernel-info';
import { exercisesOf, notebooksFolder, readNotebooks } from '../support/notebooks/notebook-file';
import { answersTo } from './answers/answers';

const MOST_WORDS = 70; // about 40, and never many more
const MOST_LINES = 10; // an exercise has its function around it
const MOST_LINES_ELSEWHERE = 7;

test('the table of contents names each notebook, in order and without a gap', () => {
  const names = readNotebooks().map((notebook) => notebook.name);
  const numbers = names.filter((name) => /^\d/.test(name)).map((name) => Number(name.slice(0, 2)));
  assert.deepEqual(numbers, [...numbers.keys()]);
  const contents = readFileSync(path.join(notebooksFolder, 'README.md'), 'utf8');
  for (const name of names) assert.ok(contents.includes(`(${name})`), name);
});

test('each notebook is run, by a file of its own', () => {
  for (const { name } of readNotebooks()) {
    assert.ok(existsSync(path.join(__dirname, 'run', name.replace(/ipynb$/, 'test.js'))), name);
  }
});

for (const notebook of readNotebooks()) {
  describe(notebook.name, () => {
    test('is a notebook of format 4.5 for the ParLab kernel, with cell ids that differ', () => {
      assert.deepEqual([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
      assert.deepEqual(notebook.metadata.kernelspec, {
        name: 'parlab',
        display_name: 'TypeScript (ParLab)',
        language: 'typescript',
      });
      // JupyterLab would write it, so that a notebook would count as changed as soon as it is opened.
      assert.deepEqual(notebook.metadata.language_info, languageInfo());
      const ids = notebook.cells.map((cell) => cell.id);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) assert.match(id, /^[a-zA-Z0-9-_]{1,64}$/);
    });

    test('says little at a time', () => {
      for (const cell of notebook.cells) {
        if (cell.tags.includes('solution')) continue; // folded
        if (cell.cell_type === 'markdown') {
          const words = cell.source.replace(/<[^>]*>/g, ' ').match(/\p{L}[\p{L}'’]*/gu) ?? [];
          assert.ok(words.length <= MOST_WORDS, `${cell.id} has ${words.length} words`);
          continue;
        }
        const lines = cell.source.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//'));
        const most = cell.tags.includes('exercise') ? MOST_LINES : MOST_LINES_ELSEWHERE;
        assert.ok(lines.length <= most, `${cell.id} has ${lines.length} lines`);
      }
    });

    test('describes each picture in words, and each picture is there', () => {
      for (const cell of notebook.cells) {
        for (const [tag] of cell.source.matchAll(/<img [^>]*>/g)) {
          assert.ok((tag.match(/alt="([^"]*)"/)?.[1] ?? '').length > 40, `${cell.id}: ${tag}`);
          const file = tag.match(/src="([^"]*)"/)?.[1] ?? '';
          assert.ok(existsSync(path.join(notebooksFolder, file)), `${cell.id}: ${file} is missing`);
        }
      }
    });

    test('links to what exists', () => {
      for (const cell of notebook.cells) {
        for (const [, target = ''] of cell.source.matchAll(/\]\(([^)\s]+\.ipynb)\)/g)) {
          assert.ok(existsSync(path.join(notebooksFolder, target)), `${cell.id}: ${target} is missing`);
        }
      }
    });

    test('asks the student to predict, to try and to answer, and ends with key points', () => {
      const text = notebook.cells.map((cell) => cell.source).join('\n');
      for (const word of ['**Predict.**', '**Your turn.**', '**Key points**'])
        assert.ok(text.includes(word), word);
      assert.ok(
        notebook.cells.some((cell) => cell.tags.includes('check')),
        'nothing is checked',
      );
    });

    test('imports nothing of ours but parlab and parlab/tutorial', () => {
      for (const cell of notebook.cells) {
        for (const [, module] of cell.source.matchAll(/\bfrom '([^']+)'/g)) {
          assert.ok(module === 'parlab' || module === 'parlab/tutorial', `${cell.id}: ${module}`);
        }
      }
    });

    test('has right and wrong answers to each exercise, and every wrong one is told why', () => {
      for (const { exercise } of exercisesOf(notebook)) {
        const { right = [], wrong = [] } = answersTo(notebook)[exercise.id] ?? {};
        assert.ok(right.length >= 2, `${exercise.id}: ${right.length} right answers beside the solution`);
        const reasons = new Set(wrong.map(([, sentence]) => sentence.source));
        assert.ok(
          reasons.size >= 5,
          `${exercise.id}: ${reasons.size} reasons for ${wrong.length} wrong answers`,
        );
      }
    });

    test('has three hints and a folded solution for each exercise', () => {
      for (const { exercise } of exercisesOf(notebook)) {
        const help = notebook.cells[notebook.cells.indexOf(exercise) + 2]?.source ?? '';
        assert.deepEqual(
          [...help.matchAll(/<details><summary>(\w+ ?\d?)/g)].map(([, title]) => title?.trim()),
          ['Hint 1', 'Hint 2', 'Hint 3', 'Solution'],
        );
        assert.equal(help.match(/<\/details>/g)?.length, 4);
      }
    });
  });
}
