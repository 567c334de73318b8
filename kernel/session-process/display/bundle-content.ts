// What a display method or a cell gives as a MIME bundle → one that can be sent and saved: texts are strings,
// JSON is what JSON says of a value. What cannot be is left out, with a sentence.

import { types } from 'node:util';
import { beginningOf } from 'parlab/host';
import type { MimeBundle } from '../../conversations/session';
import { attempt, isObject, saidBy } from './readable';

interface Content {
  /** May be empty. */
  bundle: MimeBundle;
  faults: string[];
}

type Form = { shown: unknown } | { fault: string };

/** Readers of notebooks in Python give up at twice this depth. */
const MOST_LEVELS = 200;
/** How many faults are told of one bundle. */
const MOST_FAULTS = 5;
const MOST_OF_A_NAME = 100;
const IS_JSON = /^application\/(.*\+)?json$/;
/** Bytes of these are their letters; of everything else they are base64. */
const IS_TEXT = /^text\/|\+xml$/;

/** `gave` begins the sentences: "[Symbol.for('Jupyter.display')]() gave". Never throws. */
export function contentOf(given: unknown, gave: string): Content {
  const keys = attempt(() => keysOf(given));
  if ('thrown' in keys) {
    return { bundle: {}, faults: [`${gave} an object that cannot be read: ${saidBy(keys.thrown)}`] };
  }
  if (keys.value === undefined) return { bundle: {}, faults: [expected(given, gave)] };
  const forms = new Map<string, unknown>();
  const faults: string[] = [];
  for (const mime of keys.value) {
    const form = attempt(() => formOf(mime, (given as MimeBundle)[mime]));
    if ('thrown' in form) faults.push(`${gave} ${named(mime)} that cannot be read: ${saidBy(form.thrown)}`);
    else if ('fault' in form.value) faults.push(`${gave} ${form.value.fault}`);
    else if (form.value.shown !== undefined) forms.set(mime, form.value.shown);
  }
  if (faults.length === 0 && forms.size === 0) {
    faults.push(`${gave} an object without a MIME type such as 'text/html'.`);
  }
  return { bundle: Object.fromEntries(forms), faults: faults.slice(0, MOST_FAULTS) };
}

function keysOf(given: unknown): string[] | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || types.isPromise(given)) {
    return undefined;
  }
  return Object.keys(given);
}

function expected(given: unknown, gave: string): string {
  const advice = types.isPromise(given) ? ': await it' : '';
  return `${gave} ${kindOf(given)}, where an object such as { 'text/html': '…' } was expected${advice}.`;
}

function formOf(mime: string, content: unknown): Form {
  if (content === undefined) return { shown: undefined };
  if (!mime.includes('/')) return { fault: `${named(mime)}, which is no MIME type such as 'text/html'.` };
  if (IS_JSON.test(mime)) return jsonOf(mime, content);
  if (content === null) return { shown: undefined };
  const shown = stringOf(content, IS_TEXT.test(mime) ? 'utf8' : 'base64');
  if (shown !== undefined) return { shown };
  const advice = types.isPromise(content) ? ': await it' : '';
  return { fault: `${kindOf(content)} for ${named(mime)}, where a string was expected${advice}.` };
}

function stringOf(content: unknown, encoding: 'utf8' | 'base64'): string | undefined {
  if (typeof content === 'string') return content;
  if (typeof content === 'number' || typeof content === 'boolean' || typeof content === 'bigint') {
    return String(content);
  }
  if (ArrayBuffer.isView(content)) {
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString(encoding);
  }
  if (types.isAnyArrayBuffer(content)) return Buffer.from(content).toString(encoding);
  return Array.isArray(content) && !types.isProxy(content) ? joined(content) : undefined;
}

/** Lines are how a notebook's file writes long texts. */
function joined(lines: readonly unknown[]): string | undefined {
  for (let at = 0; at < lines.length; at++) if (typeof lines[at] !== 'string') return undefined;
  return lines.join('');
}

function jsonOf(mime: string, content: unknown): Form {
  if (typeof content === 'string') {
    const read = attempt(() => JSON.parse(content) as unknown);
    return 'thrown' in read ? { shown: content } : shallow(mime, read.value);
  }
  const said = attempt(() => JSON.stringify(content) as string | undefined);
  if ('thrown' in said) return { fault: `what JSON cannot say for ${named(mime)}: ${saidBy(said.thrown)}` };
  if (said.value === undefined) {
    return { fault: `${kindOf(content)} for ${named(mime)}, which JSON cannot say.` };
  }
  return shallow(mime, JSON.parse(said.value));
}

function shallow(mime: string, shown: unknown): Form {
  let level = [shown].filter(isObject);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) {
      return {
        fault: `JSON of more than ${MOST_LEVELS} levels for ${named(mime)}, which no notebook can hold.`,
      };
    }
    level = level.flatMap((each) => Object.values(each).filter(isObject));
  }
  return { shown };
}

function named(mime: string): string {
  return mime.length > MOST_OF_A_NAME ? `'${beginningOf(mime, MOST_OF_A_NAME)}…'` : `'${mime}'`;
}

function kindOf(value: unknown): string {
  if (types.isPromise(value)) return 'a Promise';
  if (Array.isArray(value)) return 'an array';
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
