// Values as MIME bundles: what a front end can show, richest form and plain text together. Knows nothing of where they go.

import { inspect } from 'node:util';
import { pictureOf } from './pictures';
import { tableOf } from './table';

export type MimeBundle = { [mime: string]: unknown };

/** Deno's convention: an object that has this method says itself how it is shown. */
export const displaySymbol = Symbol.for('Jupyter.display');

/** A promise only if the value's own method gives one. */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = displayMethodOf(value);
  if (!method) return plain(value);
  const given = method.call(value);
  return isThenable(given) ? Promise.resolve(given).then(checked) : checked(given);

  function checked(bundle: unknown): MimeBundle {
    if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle)) {
      throw new TypeError(
        `The method [Symbol.for('Jupyter.display')] must return an object such as { 'text/html': '…' }, but it returned ${inspect(bundle)}.`,
      );
    }
    return completed(bundle as MimeBundle, () => inspect(value));
  }
}

function displayMethodOf(value: unknown): (() => unknown) | undefined {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  const method = (value as { [displaySymbol]?: unknown })[displaySymbol];
  return typeof method === 'function' ? (method as () => unknown) : undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** What nobody wants to scroll through; a notebook would also be saved with it. */
const MOST_CHARACTERS = 50_000;

function plain(value: unknown): MimeBundle {
  const picture = typeof value === 'object' && value !== null ? pictureOf(value) : undefined;
  if (picture) return completed(picture, () => shortened(inspect(value)));
  const table = tableOf(value);
  return { 'text/plain': shortened(inspect(value)), ...(table !== undefined && { 'text/html': table }) };
}

function shortened(text: string): string {
  const left = text.length - MOST_CHARACTERS;
  if (left <= 0) return text;
  const more = `… ${left.toLocaleString('en')} more characters: console.log() shows all of them.`;
  return `${text.slice(0, MOST_CHARACTERS)}\n${more}`;
}

/** Bytes as base64, JSON as values, and a plain text in any case: a terminal or a diff shows nothing else. */
export function completed(bundle: MimeBundle, describe?: () => string): MimeBundle {
  const entries = Object.entries(bundle).map(([mime, content]) => [mime, encoded(mime, content)] as const);
  const complete: MimeBundle = Object.fromEntries(entries);
  complete['text/plain'] ??= plainTextOf(complete) ?? describe?.() ?? Object.keys(complete).join(', ');
  return complete;
}

function encoded(mime: string, content: unknown): unknown {
  if (content instanceof Uint8Array) {
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
  }
  if (typeof content === 'string' && /^application\/(.*\+)?json$/.test(mime)) return parsed(content);
  return content;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** Undefined if the bundle has no form that reads as text. */
function plainTextOf(bundle: MimeBundle): string | undefined {
  for (const mime of ['text/markdown', 'text/latex']) {
    if (typeof bundle[mime] === 'string') return bundle[mime];
  }
  const html = bundle['text/html'];
  if (typeof html === 'string') return textOfHtml(html) || '[HTML]';
  const picture = Object.keys(bundle).find((mime) => mime.startsWith('image/'));
  return picture && `[picture, ${picture}]`;
}

function textOfHtml(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_entity, name: string) => ENTITIES[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: { [name: string]: string } = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/** In text alone. */
export function plainBundle(value: unknown): MimeBundle {
  return { 'text/plain': shortened(inspect(value)) };
}
