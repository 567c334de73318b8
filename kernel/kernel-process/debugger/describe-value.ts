// Values as one line, from what the inspector says of them: no code of the student's runs, no getter, no
// toString.

import type { Runtime } from 'node:inspector';
import { inspect } from 'node:util';
import { beginningOf } from 'parlab/host';
import { NOT_SHOWN } from './guarded-looks';

const MAX_TEXT = 1000;

interface DescribedValue {
  value: string;
  /** The type as JavaScript knows it: `number`, `Map`, `Point`. */
  type: string;
  isPrimitive: boolean;
}

export function describeValue(remote: Runtime.RemoteObject): DescribedValue {
  const type = typeOf(remote);
  const isPrimitive = remote.objectId === undefined || remote.type === 'symbol';
  return { value: lineOf(remote), type, isPrimitive };
}

function typeOf({ type, subtype, className, description }: Runtime.RemoteObject): string {
  if (type !== 'object') return type === 'function' ? functionKind(description) : type;
  return subtype === 'null' ? 'null' : (className ?? 'Object');
}

function functionKind(description = ''): string {
  return description.startsWith('class') ? 'class' : 'Function';
}

function lineOf(remote: Runtime.RemoteObject): string {
  const { type, subtype, value, unserializableValue, description = '' } = remote;
  if (unserializableValue !== undefined) return unserializableValue;
  if (type === 'string') return inspect(shortened(String(value)), { breakLength: Infinity });
  if (type === 'undefined' || subtype === 'null') return type === 'undefined' ? 'undefined' : 'null';
  if (type === 'function') return signatureOf(description);
  if (type === 'symbol' && description === `Symbol(${NOT_SHOWN})`) return NOT_SHOWN;
  if (type !== 'object') return value === undefined ? description : String(value);
  if (subtype === 'error') return description.split('\n')[0] ?? '';
  return remote.preview ? previewOf(remote.preview) : shortened(description);
}

function signatureOf(source: string): string {
  const head = /^(class\b[^{]*|(?:async )?(?:function\b\*?\s*)?[^{=]*(?:=>)?)/.exec(source)?.[0] ?? '';
  return shortened(head.replace(/\s+/g, ' ').trim() || source.split('\n', 1)[0] || 'function');
}

function previewOf(preview: Runtime.ObjectPreview): string {
  const { subtype, description = '', properties, entries, overflow } = preview;
  if (subtype === 'date' || subtype === 'regexp' || subtype === 'error')
    return description.split('\n')[0] ?? '';
  const isList = subtype === 'array' || subtype === 'typedarray';
  const parts = entries
    ? entries.map(({ key, value }) => (key ? `${previewOf(key)} => ${previewOf(value)}` : previewOf(value)))
    : properties.map((each) =>
        isList && /^\d+$/.test(each.name) ? short(each) : `${each.name}: ${short(each)}`,
      );
  if (!entries && properties.length === 0 && preview.type !== 'object')
    return primitive(preview.type, description);
  if (overflow) parts.push('…');
  if (isList) return `${description} [${parts.join(', ')}]`;
  const name = description === 'Object' ? '' : `${description} `;
  return parts.length === 0 ? `${name}{}` : `${name}{ ${parts.join(', ')} }`;
}

function short({ type, subtype, value = '', valuePreview }: Runtime.PropertyPreview): string {
  if (valuePreview) return previewOf(valuePreview);
  if (type === 'accessor') return '(getter)';
  if (type === 'function') return 'ƒ';
  return subtype === 'null' ? 'null' : primitive(type, value);
}

function primitive(type: string, text: string): string {
  return type === 'string' ? inspect(text, { breakLength: Infinity }) : text || type;
}

function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${beginningOf(text, MAX_TEXT)}…`;
}
