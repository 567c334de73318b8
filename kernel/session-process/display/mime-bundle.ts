// Values as MIME bundles: what a front end can show, richest form and plain text together. Knows nothing of
// where they go. Looking at a value never fails: whatever it is, its bundle can be sent and saved.

import { types } from 'node:util';
import { beginningOf } from 'parlab/host';
import type { MimeBundle } from '../../conversations/session';
import { KeyboardInterrupt } from '../cell/cell';
import { contentOf } from './bundle-content';
import { displayMethodOf, isAwaitable, type Settled, settled } from './display-method';
import { chartOf, elementOf } from './pictures';
import { attempt, isError, isObject, saidBy, textOf } from './readable';
import { tableOf } from './table';
import { textOfHtml } from './text-of-html';

export { displaySymbol } from './display-method';

const METHOD = "[Symbol.for('Jupyter.display')]()";
/** More is no pleasure to scroll through, and a notebook would also be saved with it. */
const MOST_CHARACTERS = 50_000;

/**
 * A promise only if the value's own method gives one. Neither throws nor rejects, but with a
 * KeyboardInterrupt, which is meant for the cell and not for the method that it met.
 */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  const bundle = attempt(() => (isObject(value) && !types.isProxy(value) ? rich(value) : plainBundle(value)));
  if ('value' in bundle) return bundle.value;
  if (isInterrupt(bundle.thrown)) throw bundle.thrown;
  return plainBundle(value);
}

/** The value as text alone. Never throws. */
export function plainBundle(value: unknown): MimeBundle {
  const text = attempt(() => shortened(textOf(value)));
  return { 'text/plain': 'value' in text ? text.value : '<a value that cannot be shown>' };
}

/** Makes a bundle of what is one already; what of it cannot be shown is told in its text. It never throws. */
export function bundleFrom(given: unknown, gave: string): MimeBundle {
  const { bundle, faults } = contentOf(given, gave);
  const names = Object.keys(bundle).join(', ');
  return withSentences(
    withText(bundle, () => names || shortened(textOf(given))),
    faults,
  );
}

function rich(value: object): MimeBundle | Promise<MimeBundle> {
  const showItself = displayMethodOf(value);
  if (showItself) {
    const given = showItself();
    if ('value' in given && isAwaitable(given.value)) {
      return settled(given.value).then((outcome) => bySelf(value, outcome));
    }
    return bySelf(value, given);
  }
  const element = attempt(() => elementOf(value));
  if ('value' in element && element.value) return described(value, element.value, 'outerHTML gave');
  const chart = chartOf(value);
  if ('thrown' in chart) return failed(value, 'toSpec()', chart.thrown);
  if (chart.value) return described(value, chart.value, 'toSpec() gave');
  const table = attempt(() => tableOf(value));
  return { ...plainBundle(value), ...('value' in table && table.value && { 'text/html': table.value }) };
}

function bySelf(value: object, outcome: Settled): MimeBundle {
  if ('thrown' in outcome) return failed(value, METHOD, outcome.thrown);
  if ('late' in outcome)
    return withSentences(plainBundle(value), [`${METHOD} gave a promise ${outcome.late}.`]);
  return described(value, outcome.value, `${METHOD} gave`);
}

function failed(value: object, method: string, thrown: unknown): MimeBundle {
  if (isInterrupt(thrown)) throw thrown;
  return withSentences(plainBundle(value), [`${method} threw ${saidBy(thrown)}`]);
}

/** The library's waits tell it as the cause. */
function isInterrupt(thrown: unknown): boolean {
  const is = attempt(
    () =>
      thrown instanceof KeyboardInterrupt || (isError(thrown) && thrown.cause instanceof KeyboardInterrupt),
  );
  return 'value' in is && is.value;
}

function described(value: object, given: unknown, gave: string): MimeBundle {
  const { bundle, faults } = contentOf(given, gave);
  return withSentences(
    withText(bundle, () => shortened(textOf(value))),
    faults,
  );
}

/** A plain text in any case: a terminal or a diff shows nothing else. */
function withText(bundle: MimeBundle, describe: () => string): MimeBundle {
  return { ...bundle, 'text/plain': bundle['text/plain'] ?? plainTextOf(bundle) ?? describe() };
}

function withSentences(bundle: MimeBundle, sentences: string[]): MimeBundle {
  if (sentences.length === 0) return bundle;
  return { ...bundle, 'text/plain': [bundle['text/plain'], ...sentences].join('\n') };
}

function shortened(text: string): string {
  const beginning = beginningOf(text, MOST_CHARACTERS);
  const left = text.length - beginning.length;
  if (left === 0) return text;
  return `${beginning}\n… ${left.toLocaleString('en')} more characters: console.log() shows all of them.`;
}

/** Returns undefined if the bundle has no form that reads as text. */
function plainTextOf(bundle: MimeBundle): string | undefined {
  for (const mime of ['text/markdown', 'text/latex']) {
    if (typeof bundle[mime] === 'string') return bundle[mime];
  }
  const html = bundle['text/html'];
  if (typeof html === 'string') return textOfHtml(html) || '[HTML]';
  const picture = Object.keys(bundle).find((mime) => mime.startsWith('image/'));
  return picture && `[picture, ${picture}]`;
}
