// Whatever texts values hold: none of them is markup of what is made of it.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { inspectionOf } from '../../kernel/compiler-process/answers/inspection';
import type { MimeBundle } from '../../kernel/conversations/session';
import { bundleOf, displaySymbol } from '../../kernel/session-process/display/mime-bundle';
import { progressHtml } from '../../kernel/session-process/display/progress';
import { Dropdown, HBox, Label } from '../../kernel/session-process/widgets';
import { LifePicture, lifeSvg } from '../../src/tutorial/show-life';
import { Verdict } from '../../src/tutorial/verdict';
import { hostileTexts } from '../support/hostile/hostile-texts';
import { nothingLeft } from '../support/processes/nothing-left';
import { Mark, SvgElement } from '../support/session/documents';

after(nothingLeft);

type Shown = { [displaySymbol](): MimeBundle };
const html = (value: unknown) => String((bundleOf(value) as MimeBundle)['text/html']);

function classNamed(name: string): object {
  return new { [name]: class {} }[name]!();
}

const TABLE = /<\/?(table|thead|tbody|tr|th|td|details|summary|p)>/g;
const PROGRESS = /<\/?label>|<progress( (value|max)="([\d.]+|NaN)")*>|<\/progress>/g;

/** The tags that each of them writes itself; what is left of its HTML must have none. */
const producers: [what: string, make: (text: string) => string, tags: RegExp][] = [
  ['values of a table', (text) => html([{ a: text }]), TABLE],
  ['long values of a table', (text) => html([{ a: text.repeat(100) }]), TABLE],
  ['columns of a table', (text) => html([{ [text]: 1 }]), TABLE],
  ['objects in a table', (text) => html([{ a: { [text]: [text, Symbol(text)] } }]), TABLE],
  ['names of classes in a table', (text) => html([{ a: classNamed(text) }]), TABLE],
  ['functions in a table', (text) => html([{ a: { [text]() {} }[text] }]), TABLE],
  ['errors in a table', (text) => html([{ a: Object.assign(new Error(text), { name: text }) }]), TABLE],
  ['folded rows of a table', (text) => html(Array.from({ length: 30 }, () => ({ a: text }))), TABLE],
  ['keys of a Map', (text) => html(new Map([[text, 1]])), TABLE],
  ['symbols in a Map', (text) => html(new Map([[Symbol(text), classNamed(text)]])), TABLE],
  ['values of a Map', (text) => html(new Map([[1, text]])), TABLE],
  [
    'labels of progress',
    (text) => progressHtml({ id: '1', label: text, done: 1, total: 2, elapsedMs: 1, state: 'failed' }),
    PROGRESS,
  ],
  [
    'totals of progress',
    (text) =>
      progressHtml({
        id: '1',
        label: '',
        done: 1,
        total: { toLocaleString: () => text } as unknown as number,
        elapsedMs: 1,
        state: 'running',
      }),
    PROGRESS,
  ],
  [
    'sentences of a verdict',
    (text) => String((Verdict.notYet(text) as unknown as Shown)[displaySymbol]()['text/html']),
    /<div style="border-left: 6px solid #\w+; padding: 4px 12px">|<\/div>|<\/?b>|<br>/g,
  ],
  [
    'names of processes in a picture',
    (text) => String((new LifePicture('alive', text) as unknown as Shown)[displaySymbol]()['text/html']),
    /<img alt="[^"<>]*" src="data:image\/svg\+xml;base64,[\w+/=]+" style="min-width: \d+px">/g,
  ],
  [
    'names of processes within the picture',
    (text) => lifeSvg('alive', text),
    /<(\/?svg|\/?text|rect|path)( [\w-]+="[\w .,:/#-]*")*\/?>/g,
  ],
];

for (const [what, text] of Object.entries(hostileTexts('http://127.0.0.1:9'))) {
  describe(`a text with markup (${what})`, () => {
    for (const [where, make, tags] of producers) {
      test(`is text among the ${where}`, () => {
        const left = make(text).replace(tags, '');
        assert.doesNotMatch(left, /[<>]/);
      });
    }

    test('is no HTML where a value is no table', () => {
      const values = [
        text,
        [text],
        { [text]: text },
        new Set([text]),
        Symbol(text),
        new Error(text),
        classNamed(text),
        { nodeType: 1, outerHTML: text, namespaceURI: 'http://www.w3.org/2000/svg' },
        JSON.parse(JSON.stringify({ nodeType: 1, outerHTML: text, $schema: text, toSpec: text })),
        Object.assign(classNamed('User'), { nodeType: 1, outerHTML: text }),
        Object.create({ nodeType: 1, outerHTML: text }),
        new Mark({ $schema: `https://evil.example/${text}` }),
        { [displaySymbol]: text },
        {
          [displaySymbol]() {
            throw new Error(text);
          },
        },
        { [displaySymbol]: () => text },
        { [displaySymbol]: () => ({ [text]: text }) },
      ];
      for (const value of values) {
        const shown = Object.keys(bundleOf(value)).filter((mime) => mime !== text);
        assert.deepEqual(shown, ['text/plain']);
      }
    });

    test('within an SVG fetches nothing: it is an image of its own', () => {
      assert.match(
        html(new SvgElement(`<svg>${text}</svg>`)),
        /^<img src="data:image\/svg\+xml;base64,[\w+/=]+">$/,
      );
    });

    test('does not end the code that a help page begins with', () => {
      const known = inspectionOf(
        { displayParts: [{ kind: 'text', text: `const a: ${text}` }] } as Parameters<typeof inspectionOf>[0],
        0,
      );
      const lines = known?.markdown.split('\n') ?? [];
      const fence = /^`+/.exec(lines[0] ?? '')?.[0] ?? '';
      assert.ok(fence.length >= 3);
      assert.deepEqual(
        lines.flatMap((line, at) => (line.trim().startsWith(fence) ? [at] : [])),
        [0, lines.length - 1],
      );
    });

    test('is the text of a widget, whose front end does not take it for HTML', () => {
      const label = new Label({ value: text, description: text });
      const choice = new Dropdown({ options: [text], description: text });
      const box = new HBox({ children: [label, choice] });
      assert.deepEqual([label.value, label.descriptionAllowHtml, choice.value], [text, false, text]);
      const shown = bundleOf(box) as MimeBundle;
      assert.deepEqual(Object.keys(shown), ['application/vnd.jupyter.widget-view+json', 'text/plain']);
    });
  });
}
