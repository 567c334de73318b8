// An error as a student reads it: its name and message, the place in her own lines, the way there, and what caused it.

import { existsSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import type { ShownError } from './conversation';
import { cellText } from './stack-frames';

const RED = '\u001b[31m';
const CYAN = '\u001b[36m';
const FAINT = '\u001b[2m';
const PLAIN = '\u001b[0m';

/** Lines shown before the line that failed. */
const LINES_BEFORE = 2;
const MAX_CAUSES = 5;

interface Place {
  file: string;
  line: number;
  column: number;
}

export function showError(thrown: unknown): ShownError {
  if (!isError(thrown)) {
    const message = inspect(thrown);
    const hint = `What was thrown is not an Error, so it does not know its line: write \`throw new Error(…)\`.`;
    return { name: 'Uncaught', message, traceback: [title('Uncaught', message), hint] };
  }
  const { name, message } = naming(thrown);
  return { name, message, traceback: describe(thrown, new Set()) };
}

/** The first line names the error; the rest is where it came from. */
function describe(error: Error, seen: Set<unknown>): string[] {
  seen.add(error);
  const { name, message } = naming(error);
  const lines = [title(name, message), ...framesOf(error).flatMap(withExcerpt())];
  if (error instanceof AggregateError) {
    error.errors.forEach((each, index) => {
      lines.push(...indented(describeNested(`${index + 1} of ${error.errors.length}`, each, seen)));
    });
  }
  if (error.cause !== undefined) lines.push(...describeNested('Caused by', error.cause, seen));
  return lines;
}

function describeNested(relation: string, inner: unknown, seen: Set<unknown>): string[] {
  if (seen.has(inner) || seen.size > MAX_CAUSES) return [];
  const [first = '', ...rest] = isError(inner) ? describe(inner, seen) : [inspect(inner)];
  return [`${relation}: ${first}`, ...rest];
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function title(name: string, message: string): string {
  return `${RED}${name}${PLAIN}${message === '' ? '' : `: ${message}`}`;
}

/** Of other realms and of libraries that copy errors, too. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function naming(error: Error): { name: string; message: string } {
  return { name: String(error.name || error.constructor?.name || 'Error'), message: String(error.message) };
}

function framesOf(error: Error): string[] {
  let stack: unknown;
  try {
    stack = error.stack;
  } catch {
    return []; // A getter of the student's.
  }
  if (typeof stack !== 'string') return [];
  return stack.split('\n').filter((line) => /^\s+at /.test(line));
}

/** Puts the source line under the first frame that has one. */
function withExcerpt(): (frame: string) => string[] {
  let shown = false;
  return (frame) => {
    const place = placeOf(frame);
    const excerpt = place && !shown ? excerptOf(place) : [];
    shown ||= excerpt.length > 0;
    const colour = place && cellText(place.file) !== undefined ? CYAN : FAINT;
    return [`${colour}${frame}${PLAIN}`, ...excerpt];
  };
}

function placeOf(frame: string): Place | undefined {
  const found = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()]+):(\d+):(\d+)\)?$/.exec(frame);
  if (!found) return undefined;
  return { file: found[1] as string, line: Number(found[2]), column: Number(found[3]) };
}

function excerptOf({ file, line, column }: Place): string[] {
  const lines = sourceOf(file)?.split(/\r?\n/);
  const failed = lines?.[line - 1];
  if (!lines || failed === undefined) return [];
  const width = String(line).length;
  const numbered = lines.slice(Math.max(0, line - 1 - LINES_BEFORE), line).map((text, index, all) => {
    const number = line - all.length + 1 + index;
    return `${number === line ? `${RED}>${PLAIN}` : ' '} ${String(number).padStart(width)} | ${text}`;
  });
  // Tabs stay tabs, so that the marker stands under its character.
  const margin = failed.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [...numbered, `  ${' '.repeat(width)} | ${margin}${RED}^${PLAIN}`].map((text) => `    ${text}`);
}

function sourceOf(file: string): string | undefined {
  const cell = cellText(file);
  if (cell !== undefined) return cell;
  const path = file.replace(/^file:\/\//, '');
  if (path.includes('node_modules') || !path.startsWith('/') || !existsSync(path)) return undefined;
  return readFileSync(path, 'utf8');
}
