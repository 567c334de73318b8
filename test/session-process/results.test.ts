// How values are shown: as tables, pictures and charts where they are such, safely, and cut where they are long.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { MimeBundle } from '../../kernel/conversations/session';
import { bundleOf } from '../../kernel/session-process/display/mime-bundle';
import { nothingLeft } from '../support/processes/nothing-left';
import { Element, LinkedElement, Mark, SvgElement } from '../support/session/documents';

after(nothingLeft);

const shown = (value: unknown) => bundleOf(value) as MimeBundle;
const html = (value: unknown) => String(shown(value)['text/html']);

describe('a result', () => {
  test('that is a list of objects is a table, with plain text beside it', () => {
    const people = [
      { name: 'Ada', born: 1815 },
      { name: 'Alan', pid: 7 },
    ];
    assert.deepEqual(shown(people), {
      'text/plain': "[ { name: 'Ada', born: 1815 }, { name: 'Alan', pid: 7 } ]",
      'text/html':
        '<table><thead><tr><th></th><th>name</th><th>born</th><th>pid</th></tr></thead><tbody>' +
        '<tr><th>0</th><td>Ada</td><td>1815</td><td></td></tr>' +
        '<tr><th>1</th><td>Alan</td><td></td><td>7</td></tr></tbody></table>',
    });
  });

  test('that is a Map is a table of keys and values', () => {
    assert.match(html(new Map([['a', [1, 2]]])), /<td>a<\/td><td>\[ 1, 2 \]<\/td>/);
  });

  test('that is a long list shows its first rows and folds the others away', () => {
    const table = html(Array.from({ length: 5000 }, (_, n) => ({ n })));
    const [open = '', folded = ''] = table.split('<details>');
    assert.equal(open.match(/<tr>/g)?.length, 21);
    assert.match(folded, /^<summary>4,980 more<\/summary>/);
    assert.match(folded, /4,000 more are not shown/);
  });

  for (const value of [[], [1, 2], [new Date()], [{ a: 1 }, 2], new Map(), 'text', null, [{}]]) {
    test(`that is ${JSON.stringify(value)} is no table`, () =>
      assert.equal('text/html' in shown(value), false));
  }

  test('cannot bring markup of its own into the page', () => {
    const attack = '<img src=x onerror="alert(1)">';
    const table = html([{ [attack]: attack, deep: { attack } }]);
    assert.doesNotMatch(table, /<img/);
  });

  test('whose properties are computed is a table that computes none of them', () => {
    const rows = [
      {
        get a(): number {
          throw new Error('not to be called');
        },
        b: 2,
      },
    ];
    assert.match(html(rows), /<td>\[Getter\]<\/td><td>2<\/td>/);
    assert.equal(shown(rows)['text/plain'], '[ { a: [Getter], b: 2 } ]');
  });

  test('that is an element of a document is shown as it is, an SVG as an image', () => {
    assert.equal(html(new Element('<div>1</div>')), '<div>1</div>');
    assert.equal(html(new LinkedElement()), '<i>linked</i>');
    const [, data = ''] = /base64,([^"]+)/.exec(html(new SvgElement('<svg><g/></svg>'))) ?? [];
    assert.equal(
      Buffer.from(data, 'base64').toString(),
      '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
    );
  });

  test('that is a chart of Vega-Lite or Vega, built with toSpec(), is sent as one', () => {
    const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' };
    assert.deepEqual(shown(new Mark(spec))['application/vnd.vegalite.v5+json'], spec);
    const vega = { $schema: 'https://vega.github.io/schema/vega/v5.json' };
    assert.deepEqual(shown(new Mark(vega))['application/vnd.vega.v5+json'], vega);
  });

  for (const spec of [null, 5, {}, { $schema: 5 }, { $schema: 'https://json-schema.org/draft' }]) {
    test(`whose toSpec() gives ${JSON.stringify(spec)} is no chart`, () =>
      assert.deepEqual(shown(new Mark(spec)), { 'text/plain': 'Mark {}' }));
  }

  test('whose toSpec() throws says so', () => {
    const broken = {
      toSpec() {
        throw new Error('no mark');
      },
    };
    assert.match(String(shown(broken)['text/plain']), /\ntoSpec\(\) threw Error: no mark$/);
  });

  test('that is very long is cut, and says how to see it all', () => {
    const text = String(shown(Array.from({ length: 100 }, () => 'x'.repeat(900)))['text/plain']);
    assert.ok(text.length < 60_000);
    assert.match(text, /\n… [\d,]+ more characters: console\.log\(\) shows all of them\.$/);
  });

  for (const lead of ['', 'a']) {
    test(`that is cut is cut between two characters, behind '${lead}' too`, () => {
      const emoji = Array.from({ length: 40 }, () => lead + '🎉'.repeat(1000));
      assert.ok(String(shown(emoji)['text/plain']).isWellFormed());
      assert.ok(html([{ text: lead + '🎉'.repeat(150), [lead + '🎉'.repeat(150)]: 1 }]).isWellFormed());
    });
  }
});
