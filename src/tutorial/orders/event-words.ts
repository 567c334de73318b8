// What a process did, in words that a first-year student reads at once: 'reads counter: 0', 'acquires
// Lock-1'.

import type { Trace, TraceEvent } from '../../trace/record';

const LONGEST = 20;

export function eventWords(
  event: TraceEvent,
  { processes, objects }: Pick<Trace, 'processes' | 'objects'>,
): string {
  const thing = objects.find(({ id }) => id === event.object)?.name ?? 'something';
  const child = processes.find(({ id }) => id === event.child)?.name ?? 'a process';
  const text = event.text ?? '';
  switch (event.kind) {
    case 'start':
      return `starts ${child}`;
    case 'exit':
      return (event.number ?? 0) === 0 ? 'ends' : `ends with exit code ${event.number}`;
    case 'wait':
      return `waits for ${text || (event.child === undefined ? thing : `the end of ${child}`)}`;
    case 'acquire':
      return `acquires ${thing}`;
    case 'release':
      return `releases ${thing}`;
    case 'put':
      return `puts ${messageWords(event)} into ${thing}`;
    case 'get':
      return `gets ${messageWords(event)} from ${thing}`;
    case 'joined':
      return `sees the end of ${child}`;
    case 'wake':
      return 'goes on';
    case 'give-up':
      return 'gives up waiting';
    case 'print':
      return `prints ${printedWords(text)}`;
    case 'read':
      return `reads ${thing}${cellWords(text, ':')}`;
    case 'write':
      return `writes ${thing}${cellWords(text, ' =')}`;
    case 'look':
      return `looks at ${thing}: ${text}`;
    case 'sleep':
      return 'sleeps';
    default:
      return event.kind satisfies never;
  }
}

/** What it is, if that is told and short, else which one it is. */
function messageWords({ number, text = '' }: TraceEvent): string {
  if (text !== '' && text.length <= LONGEST) return text;
  return number === undefined ? 'a message' : `message ${number}`;
}

/** '7', and of an element of an array '[2] = 7'. */
function cellWords(text: string, sign: string): string {
  const [, element = '', value = text] = /^(\[\d+\]) = (.*)$/s.exec(text) ?? [];
  return `${element}${sign} ${value}`;
}

/** The end of a line is told only where it is missing. */
function printedWords(text: string): string {
  return text.endsWith('\n') ? `"${text.slice(0, -1)}"` : `"${text}" without ending the line`;
}
