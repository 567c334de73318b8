// An error as a student reads it: its name and message, the place in her own lines, the way there, and what
// caused it.

import { readFileSync, statSync } from 'node:fs';
import { errorProperties, type FramePlace, ParallelError, placeOfFrame, replacedBuiltIns } from 'parlab/host';
import { errorTitle } from 'parlab/host/error-title';
import { quotedLine, shortMessage, shortName, shortStack } from 'parlab/host/short-error';
import type { ShownError } from '../../conversations/session';
import { cellText, isOfLibrary } from '../cell/stack-frames';
import { attempt, isError, saidBy, textOf } from './readable';

const BOLD = '\u001b[1m';
const FAINT = '\u001b[2m';
const PLAIN = '\u001b[0m';

/** Lines shown before the line that failed. */
const LINES_BEFORE = 2;
const MAX_CAUSES = 5;
const PUT_BACK = 'Put back what was there, or restart the kernel.';
/** How many errors of an AggregateError are shown. */
const MOST_ERRORS = 20;
/** A stack may be of another machine, or made up: it shows lines of programs and of nothing else. */
const IS_PROGRAM = /\.[cm]?[jt]sx?$/;
const LARGEST_PROGRAM_BYTES = 10_000_000;

/** Never throws, whatever was thrown. */
export function showError(thrown: unknown): ShownError {
  if (!isError(thrown)) {
    const message = textOf(thrown);
    const hint = `What was thrown is not an Error, so it does not know its line: write \`throw new Error(…)\`.`;
    return { name: 'Uncaught', message, traceback: [errorTitle('Uncaught', message), hint] };
  }
  const { name, message } = naming(thrown);
  const described = attempt(() => describe(thrown, new Set()));
  const traceback = 'value' in described ? described.value : [errorTitle(name, message)];
  const replaced = attempt(() => replacedBehind(thrown));
  // It is done without the methods and the iterator of arrays, which may be what was replaced.
  if ('value' in replaced && replaced.value !== undefined) traceback[0] += `\n${replaced.value}`;
  return { name, message, traceback };
}

/** What fails inside of the library, and is none of its sentences, fails because of what it stands on. */
export function replacedBehind(error: unknown): string | undefined {
  if (!isError(error) || error instanceof ParallelError) return undefined;
  return isOfLibrary(error) ? replacedBuiltIns('a cell', PUT_BACK) : undefined;
}

/** The first line names the error; the rest is where it came from. */
function describe(error: Error, seen: Set<unknown>): string[] {
  seen.add(error);
  const { name, message } = naming(error);
  const lines = [errorTitle(name, message), ...shortStack(framesOf(error)).flatMap(withExcerpt())];
  // The sentences of ours say all.
  if (!(error instanceof ParallelError)) lines.push(...errorProperties(error));
  const { errors, total } = errorsOf(error);
  errors.forEach((each, index) => {
    lines.push(...indented(describeNested(`${index + 1} of ${total}`, each, seen)));
  });
  if (total > errors.length) lines.push(`  … and ${total - errors.length} more.`);
  const cause = attempt(() => error.cause);
  if ('thrown' in cause) lines.push(`Caused by: ${unreadable('cause', cause.thrown)}`);
  else if (cause.value !== undefined) lines.push(...describeNested('Caused by', cause.value, seen));
  return lines;
}

function describeNested(relation: string, inner: unknown, seen: Set<unknown>): string[] {
  if (seen.has(inner) || seen.size > MAX_CAUSES) return [];
  const [first = '', ...rest] = isError(inner) ? describe(inner, seen) : [textOf(inner)];
  return [`${relation}: ${first}`, ...rest];
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Each part as far as it can be read: getters and `toString` are the student's. */
function naming(error: Error): { name: string; message: string } {
  const name = attempt(() => String(error.name || error.constructor?.name || 'Error'));
  const message = attempt(() => String(error.message));
  return {
    name: 'value' in name ? shortName(name.value) : 'Error',
    message: 'value' in message ? shortMessage(message.value) : unreadable('message', message.thrown),
  };
}

function unreadable(part: string, thrown: unknown): string {
  return `<a ${part} that cannot be read: ${saidBy(thrown)}>`;
}

/** The first that an AggregateError holds; its `errors` may be anything. */
function errorsOf(error: Error): { errors: unknown[]; total: number } {
  const found = attempt(() => {
    const held: unknown = error instanceof AggregateError ? error.errors : [];
    const total = Array.isArray(held) ? Number(held.length) : 0;
    const errors = Array.from({ length: Math.min(total, MOST_ERRORS) }, (_, at) => itemOf(held, at));
    return { errors, total };
  });
  return 'value' in found ? found.value : { errors: [], total: 0 };
}

function itemOf(list: unknown, at: number): unknown {
  const item = attempt(() => (list as unknown[])[at]);
  return 'value' in item ? item.value : unreadable('value', item.thrown);
}

function framesOf(error: Error): string[] {
  const stack = attempt(() => error.stack as unknown);
  if ('thrown' in stack || typeof stack.value !== 'string') return [];
  return stack.value.split('\n').filter((line) => /^\s+at /.test(line));
}

/** Puts the source line under the first frame that has one. */
function withExcerpt(): (frame: string) => string[] {
  let shown = false;
  return (frame) => {
    const place = placeOfFrame(frame);
    const excerpt = place && !shown ? excerptOf(place) : [];
    shown ||= excerpt.length > 0;
    // The student's own places as all text, those of packages fainter.
    const isOwn = place && cellText(place.file) !== undefined;
    return [isOwn ? frame : `${FAINT}${frame}${PLAIN}`, ...excerpt];
  };
}

function excerptOf({ file, line, column }: FramePlace): string[] {
  const lines = sourceOf(file)?.split(/\r?\n/);
  const failed = lines?.[line - 1];
  if (!lines || failed === undefined) return [];
  const width = String(line).length;
  const quoted = quotedLine(failed, column);
  const numbered = lines.slice(Math.max(0, line - 1 - LINES_BEFORE), line).map((text, index, all) => {
    const number = line - all.length + 1 + index;
    const shown = number === line ? quoted : quotedLine(text);
    return `${number === line ? `${BOLD}>${PLAIN}` : ' '} ${String(number).padStart(width)} | ${shown.text}`;
  });
  // Tabs stay tabs, so that the marker stands under its character.
  const margin = quoted.text.slice(0, quoted.column - 1).replace(/[^\t]/g, ' ');
  return [...numbered, `  ${' '.repeat(width)} | ${margin}${BOLD}^${PLAIN}`].map((text) => `    ${text}`);
}

function sourceOf(file: string): string | undefined {
  const cell = cellText(file);
  if (cell !== undefined) return cell;
  const path = file.replace(/^file:\/\//, '');
  if (path.includes('node_modules') || !path.startsWith('/') || !IS_PROGRAM.test(path)) return undefined;
  const text = attempt(() => {
    const found = statSync(path);
    return found.isFile() && found.size <= LARGEST_PROGRAM_BYTES ? readFileSync(path, 'utf8') : undefined;
  });
  return 'value' in text ? text.value : undefined;
}
