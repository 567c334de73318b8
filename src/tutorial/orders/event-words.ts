// What a process did, in words that a first-year student reads at once.

import type { Trace, TraceEvent } from '../../trace/record';

/** 'reads 0 from counter', 'takes Lock-1', 'prints "Hello"'. */
export function eventWords(event: TraceEvent, { processes, objects }: Pick<Trace, 'processes' | 'objects'>): string {
  const thing = objects.find(({ id }) => id === event.object)?.name ?? 'something';
  const child = processes.find(({ id }) => id === event.child)?.name ?? 'a process';
  const text = event.text ?? '';
  switch (event.kind) {
    case 'start':
      return `starts ${child}`;
    case 'exit':
      return (event.number ?? 0) === 0 ? 'ends' : `ends with exit code ${event.number}`;
    case 'wait':
      return `waits for ${event.child === undefined ? thing : `the end of ${child}`}`;
    case 'acquire':
      return `takes ${thing}`;
    case 'release':
      return `gives ${thing} back`;
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
      return `reads ${text} from ${thing}`;
    case 'write':
      return `writes ${text} to ${thing}`;
    case 'sleep':
      return 'sleeps';
    default:
      return event.kind satisfies never;
  }
}

function messageWords({ number }: TraceEvent): string {
  return number === undefined ? 'a message' : `message ${number}`;
}

/** The end of a line is told only where it is missing. */
function printedWords(text: string): string {
  return text.endsWith('\n') ? `"${text.slice(0, -1)}"` : `"${text}" without ending the line`;
}
