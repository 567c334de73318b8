// What is known of the name at the cursor, or of the call around it: its signature and its documentation, as
// text and as Markdown.

import type ts from 'typescript';
import type { Inspection } from '../../conversations/cells';
import type { Help } from '../typescript/help-at';
import { allLetters } from '../typescript/one-byte';
import { beforeCursor } from './before-cursor';

/** The `?` of a parameter says that it may be undefined. */
const SAID_TWICE = /(\?: [^,()?]+?) \| undefined(?=[,)])/g;
/** TypeScript's words for a name that was imported, around what the name means. */
const IMPORTED = /\n\(alias\) namespace [^\n]*|^\(alias\) |\n(?:import|export) [\w$]+$/g;

/** `detail` 1 adds the tags: parameters, results, all examples; without it there is the first example. */
export function inspectionOf(info: Help | undefined, detail: 0 | 1): Inspection | undefined {
  if (!info) return undefined;
  const signature = joined(info.displayParts).replace(SAID_TWICE, '$1').replace(IMPORTED, '');
  const documentation = joined(info.documentation);
  const told = info.tags?.filter(({ name }) => name !== 'internal') ?? [];
  const tags = detail === 0 ? firstExample(told) : told;
  const paragraphs = (parts: string[]): string => parts.filter(Boolean).join('\n\n');
  return {
    text: paragraphs([
      signature,
      parameterAs('', '', info),
      documentation,
      tags.map((tag) => `@${tag.name} ${joined(tag.text)}`).join('\n'),
    ]),
    markdown: paragraphs([
      fenced(signature),
      parameterAs('**', '`', info),
      documentation,
      ...tags.map((tag) => tagAsMarkdown(tag.name, joined(tag.text))),
    ]),
  };
}

/** Says it of a name that has to be imported first. */
export function afterImport({ text, markdown }: Inspection, statement: string): Inspection {
  return {
    text: `${statement}\n\n${text}`,
    markdown: `${fenced(statement)}\n\n${markdown}`,
  };
}

/** The name that the cursor is in or behind, or the one that is called around it, if it is no member. */
export function nameAt(code: string, cursor: number): string {
  const [before = ''] = /[\p{ID_Continue}$.]*$/u.exec(beforeCursor(code, cursor)) ?? [];
  const [behind = ''] = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor)) ?? [];
  if (before.includes('.')) return '';
  return before + behind || calledAround(beforeCursor(code, cursor));
}

function calledAround(before: string): string {
  const [, name = ''] =
    /(?<![.\p{ID_Continue}$])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\([^()]*$/u.exec(before) ?? [];
  return name;
}

function firstExample(tags: readonly ts.JSDocTagInfo[]): ts.JSDocTagInfo[] {
  const example = tags.find(({ name }) => name === 'example');
  return example ? [example] : [];
}

/** The parameter whose turn it is, and the options that it takes. */
function parameterAs(bold: string, code: string, { parameter }: Help): string {
  if (!parameter || (parameter.text === '' && parameter.options.length === 0)) return '';
  const { name, text, options } = parameter;
  const title = `${bold}${name}${bold}${text === '' ? '' : `: ${allLetters(text)}`}`;
  const lines = options.map((option) => {
    const said = option.text === '' ? '' : ` – ${allLetters(option.text).replace(/\s+/g, ' ')}`;
    return `- ${code}${option.name}: ${option.type}${code}${said}`;
  });
  return [title, ...(lines.length > 0 && bold !== '' ? [''] : []), ...lines].join('\n');
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
