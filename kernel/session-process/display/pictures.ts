// Values that are pictures though they know nothing of Jupyter: elements of a document, as Observable Plot
// makes them, and charts of vega-lite-api. They are told by their classes and never by fields: what JSON from
// anywhere can say must not become HTML.

import type { MimeBundle } from '../../conversations/session';
import { type Attempt, attempt, methodOf, propertyOf } from './readable';

const ELEMENT = 1;
const VEGA = /^https:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)/;

/** Returns undefined if the value is no element. */
export function elementOf(value: object): MimeBundle | undefined {
  if (!isOfElementClass(value)) return undefined;
  const { outerHTML, nodeType, namespaceURI } = value as { [name: string]: unknown };
  if (typeof outerHTML !== 'string' || nodeType !== ELEMENT) return undefined;
  if (namespaceURI !== 'http://www.w3.org/2000/svg') return { 'text/html': outerHTML };
  // A notebook that is not trusted drops SVG itself, and shows it as an image.
  const svg = outerHTML.includes('xmlns=')
    ? outerHTML
    : outerHTML.replace(/^<svg\b/, `<svg xmlns="${namespaceURI}"`);
  const data = Buffer.from(svg).toString('base64');
  return { 'text/html': `<img src="data:image/svg+xml;base64,${data}">`, 'text/plain': '[picture, SVG]' };
}

/** Runs no code of the value's. */
function isOfElementClass(value: object): boolean {
  const markup = propertyOf(value, 'outerHTML');
  if (!markup?.get || markup.holder === value) return false;
  // Accessors alone may have been made of the columns of a table; a class has methods, and a maker that it
  // belongs to.
  const maker: unknown = Object.getOwnPropertyDescriptor(markup.holder, 'constructor')?.value;
  if (typeof maker !== 'function' || propertyOf(maker, 'prototype')?.value !== markup.holder) {
    return false;
  }
  return methodOf(value, 'getAttribute') !== undefined;
}

/**
 * What an object with a method `toSpec` gives, after vega-lite-api and Deno; undefined if that is no chart.
 */
export function chartOf(value: object): Attempt<MimeBundle | undefined> {
  const toSpec = methodOf(value, 'toSpec');
  return toSpec ? attempt(() => asChart(Reflect.apply(toSpec, value, []))) : { value: undefined };
}

function asChart(spec: unknown): MimeBundle | undefined {
  const { $schema } = Object(spec) as { $schema?: unknown };
  const [, kind, version] = (typeof $schema === 'string' && VEGA.exec($schema)) || [];
  return kind === undefined
    ? undefined
    : { [`application/vnd.${kind.replace('-', '')}.v${version}+json`]: spec };
}
