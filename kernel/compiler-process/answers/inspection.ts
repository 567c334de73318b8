// What is known of the name at the cursor: its signature and its documentation, as text and as Markdown.

import type ts from 'typescript';
import type { Inspection } from '../../conversations/cells';
import { allLetters } from '../typescript/one-byte';

/** `detail` 1 adds the tags: parameters, results, examples. */
export function inspectionOf(info: ts.QuickInfo | undefined, detail: 0 | 1): Inspection | undefined {
  if (!info) return undefined;
  const signature = joined(info.displayParts);
  const documentation = joined(info.documentation);
  const tags = detail === 0 ? [] : (info.tags ?? []);
  const paragraphs = (parts: string[]): string => parts.filter(Boolean).join('\n\n');
  return {
    text: paragraphs([
      signature,
      documentation,
      tags.map((tag) => `@${tag.name} ${joined(tag.text)}`).join('\n'),
    ]),
    markdown: paragraphs([
      fenced(signature),
      documentation,
      ...tags.map((tag) => tagAsMarkdown(tag.name, joined(tag.text))),
    ]),
  };
}

/** Of a name that has to be imported first. */
export function afterImport({ text, markdown }: Inspection, statement: string): Inspection {
  return {
    text: `${statement}\n\n${text}`,
    markdown: `${fenced(statement)}\n\n${markdown}`,
  };
}

/** The name that the cursor is in or behind, if it is no member of something. */
export function nameAt(code: string, cursor: number): string {
  const [before = ''] = /[\p{ID_Continue}$.]*$/u.exec(code.slice(0, cursor)) ?? [];
  const [behind = ''] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor)) ?? [];
  return before.includes('.') ? '' : before + behind;
}

function tagAsMarkdown(name: string, text: string): string {
  if (name === 'example') return `*@example*\n\n${text.includes('```') ? text : fenced(text)}`;
  return `*@${name}* ${text}`;
}

/** The type of a value may hold any text, also what would end a shorter fence. */
function fenced(code: string): string {
  const ticks = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(ticks + 1);
  return `${fence}typescript\n${code}\n${fence}`;
}

function joined(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return allLetters(parts?.map(({ text }) => text).join('') ?? '');
}
