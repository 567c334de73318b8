// Values that are pictures though they know nothing of Jupyter: elements of a document, as Observable Plot makes them, and
// specifications of Vega and Vega-Lite.

import type { MimeBundle } from './mime-bundle';

const ELEMENT = 1;
const VEGA = /^https:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)/;

/** Undefined if the value is no picture. */
export function pictureOf(value: object): MimeBundle | undefined {
  return elementOf(value) ?? chartOf(value);
}

function elementOf(value: object): MimeBundle | undefined {
  const { outerHTML, nodeType, namespaceURI } = value as { [name: string]: unknown };
  if (typeof outerHTML !== 'string' || nodeType !== ELEMENT) return undefined;
  if (namespaceURI !== 'http://www.w3.org/2000/svg') return { 'text/html': outerHTML };
  // A notebook that is not trusted drops SVG itself, and shows it as an image.
  const svg = outerHTML.includes('xmlns=')
    ? outerHTML
    : outerHTML.replace(/^<svg\b/, `<svg xmlns="${String(namespaceURI)}"`);
  const data = Buffer.from(svg).toString('base64');
  return { 'text/html': `<img src="data:image/svg+xml;base64,${data}">`, 'text/plain': '[picture, SVG]' };
}

function chartOf(value: object): MimeBundle | undefined {
  const { $schema } = value as { $schema?: unknown };
  const [, kind, version] = (typeof $schema === 'string' && VEGA.exec($schema)) || [];
  if (kind === undefined) return undefined;
  const name = kind === 'vega' ? 'vega' : 'vegalite';
  return { [`application/vnd.${name}.v${version}+json`]: value };
}
