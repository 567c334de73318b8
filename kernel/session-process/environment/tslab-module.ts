// What `import * as tslab from 'tslab'` gives in a ParLab notebook: tslab's public functions, so that its
// notebooks run unchanged. Works in child processes too: it knows the host, not the session.

import { randomBytes } from 'node:crypto';
import { display as displayValue } from '../display/display';

interface Display {
  javascript(code: string): void;
  html(markup: string): void;
  markdown(text: string): void;
  latex(formula: string): void;
  svg(markup: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, content: string | Uint8Array): void;
}

/** The versions of what runs this notebook. */
export const versions = {
  tslab: versionOf('tslab'),
  typescript: versionOf('typescript'),
  node: process.version,
};

/** Displays at the place where the cell prints. */
export const display: Display = displayWith((contentType, content) =>
  displayValue({ [contentType]: content }, { raw: true }),
);

/** A display that overwrites what it showed before. */
export function newDisplay(): Display {
  const id = randomBytes(8).toString('hex');
  let update = false;
  return displayWith((contentType, content) => {
    displayValue({ [contentType]: content }, { id, update, raw: true });
    update = true;
  });
}

function displayWith(raw: Display['raw']): Display {
  return {
    javascript: (code) => raw('text/javascript', code),
    html: (markup) => raw('text/html', markup),
    markdown: (text) => raw('text/markdown', text),
    latex: (formula) => raw('text/latex', formula),
    svg: (markup) => raw('image/svg+xml', markup),
    png: (bytes) => raw('image/png', bytes),
    jpeg: (bytes) => raw('image/jpeg', bytes),
    gif: (bytes) => raw('image/gif', bytes),
    pdf: (bytes) => raw('application/pdf', bytes),
    text: (text) => raw('text/plain', text),
    raw,
  };
}

function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}
