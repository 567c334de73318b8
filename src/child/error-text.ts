// An error of a child as a person reads it, in the shape of a cell's: its name and sentence, the way to it
// in the program's own lines, the first of them quoted, and what caused it.

import { readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { inspect } from 'node:util';
import { sourceMapOf } from '../capture/source-maps';
import { ParallelError } from '../errors';
import { errorProperties } from '../host/error-properties';
import { errorTitle } from '../host/error-title';
import { replacedBuiltIns } from '../host/replaced-built-ins';
import { quotedLine, shortMessage, shortName, shortStack } from '../host/short-error';
import { placeOfFrame } from '../system/frame-place';

// Our own files, compiled and, behind source maps, as they were written.
const OUR_PACKAGE = dirname(dirname(__dirname)) + sep;
const LINES_BEFORE = 2;
const MOST_CAUSES = 5;
/** How many errors of an AggregateError are shown. */
const MOST_ERRORS = 20;

/** Returns an error as a person reads it. Never throws, whatever was thrown. */
export function errorText(thrown: unknown): string {
  let text = 'What was thrown cannot be read.';
  let isInside = true;
  try {
    text = textOf(thrown, new Set()).join('\n');
    isInside = thrown instanceof Error && !(thrown instanceof ParallelError) && isWithinLibrary(thrown);
  } catch {
    // Of an error, or of what this stands on.
  }
  const reason = isInside ? replacedBuiltIns('this process', 'Leave it as it is.') : undefined;
  return reason === undefined ? text : `${text}\n${reason}`;
}

/** Whether we, or what we called, have thrown it: the program itself was called by us too. */
function isWithinLibrary({ stack }: Error): boolean {
  const frames = String(stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/\bnode:/.test(line));
  const isOurs = frames.map((line) => line.includes(OUR_PACKAGE));
  return (
    isOurs.includes(true) && (!isOurs.includes(false) || isOurs.indexOf(true) < isOurs.lastIndexOf(false))
  );
}

/** `depth`: how many errors it stands under, as their cause. */
function textOf(thrown: unknown, seen: Set<unknown>, depth = 1): string[] {
  seen.add(thrown);
  if (!(thrown instanceof Error)) return [`Uncaught ${inspect(thrown)}`];
  const title = errorTitle(shortName(String(thrown.name)), shortMessage(String(thrown.message)));
  const lines = [title, ...withExcerpt(shortStack(framesOf(thrown)))];
  // The sentences of ours say all.
  if (!(thrown instanceof ParallelError)) lines.push(...errorProperties(thrown));
  if (thrown instanceof AggregateError) {
    const errors = thrown.errors.slice(0, MOST_ERRORS).filter((each) => !seen.has(each));
    for (const each of errors) lines.push(...textOf(each, seen, depth).map((line) => `  ${line}`));
  }
  const { cause } = thrown;
  if (cause !== undefined && !seen.has(cause) && depth < MOST_CAUSES) {
    const [first, ...rest] = textOf(cause, seen, depth + 1);
    lines.push(`Caused by: ${first}`, ...rest);
  }
  return lines;
}

function framesOf({ stack }: Error): string[] {
  const lines = String(stack).split('\n');
  return lines
    .filter((line) => /^\s+at /.test(line) && !isInternal(line))
    .map((line) => line.replace('(file:///', '(/'));
}

function isInternal(line: string): boolean {
  return /\bnode:|\(<anonymous>\)$|\bat <anonymous>$/.test(line) || line.includes(OUR_PACKAGE);
}

/** The line below the first frame whose text is known. */
function withExcerpt(frames: string[]): string[] {
  let isShown = false;
  return frames.flatMap((frame) => {
    const excerpt = isShown ? [] : excerptOf(frame);
    isShown ||= excerpt.length > 0;
    return [frame, ...excerpt];
  });
}

function excerptOf(frame: string): string[] {
  const place = placeOfFrame(frame);
  if (!place) return [];
  const { file, line, column } = place;
  const lines = sourceOf(file)?.split(/\r?\n/);
  const failed = lines?.[line - 1];
  if (!lines || failed === undefined) return [];
  const width = String(line).length;
  const from = Math.max(1, line - LINES_BEFORE);
  const quoted = quotedLine(failed, column);
  const numbered = lines.slice(from - 1, line).map((text, index) => {
    const number = from + index;
    const shown = number === line ? quoted : quotedLine(text);
    return `    ${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${shown.text}`;
  });
  // Tabs stay tabs, so that the marker stands under its character.
  const margin = quoted.text.slice(0, quoted.column - 1).replace(/[^\t]/g, ' ');
  return [...numbered, `      ${' '.repeat(width)} | ${margin}^`];
}

/** Returns the source of a cell, or of a file of the program. */
function sourceOf(file: string): string | undefined {
  const { sources, sourcesContent } = (sourceMapOf(file) ?? {}) as {
    sources?: readonly string[];
    sourcesContent?: readonly (string | null)[];
  };
  if (sources?.length === 1 && typeof sourcesContent?.[0] === 'string') return sourcesContent[0];
  if (!file.startsWith(sep) || file.includes('node_modules') || !/\.[cm]?[jt]sx?$/.test(file))
    return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
