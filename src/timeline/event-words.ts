// One event as words: 'waits for Lock-1, held by Ada', 'puts message 3 into jobs'. Pure.

import type { TraceEvent } from '../trace/record';
import { shortened } from './svg';
import { endOf, type Names, waitWords } from './words';

const LONGEST_TEXT = 120;

export function eventWords(event: TraceEvent, names: Names, heldBy: readonly number[] = []): string {
  const { kind, object, child, number, text = '', process } = event;
  const name = object === undefined ? '' : names.object(object);
  const other = child === undefined ? 'a process' : names.process(child);
  const message = number === undefined ? 'a message' : `message ${number}`;
  const value = shortened(text, LONGEST_TEXT);
  switch (kind) {
    case 'start':
      return `starts ${other}`;
    case 'exit':
      return number === undefined || number === 0 ? 'ends' : `ends: ${endOf(number)}`;
    case 'wait': {
      const wait = { heldBy, ...(object !== undefined && { object }), ...(child !== undefined && { child }) };
      return `waits for ${waitWords(wait, names, process)}`;
    }
    case 'acquire':
      return `acquires ${name}`;
    case 'release':
      return `releases ${name}`;
    case 'put':
      return `puts ${message} into ${name}`;
    case 'get':
      return `gets ${message} from ${name}`;
    case 'joined':
      return `sees that ${other} has ended`;
    case 'wake':
      return name === '' ? 'goes on' : `goes on: ${name}`;
    case 'give-up':
      return name === '' ? 'gives up waiting' : `gives up waiting for ${name}`;
    case 'print':
      return `prints “${value}”`;
    case 'read':
      return `reads ${name}: ${value}`;
    case 'write':
      return `writes ${name}: ${value}`;
    case 'look':
      return `looks at ${name}: ${value}`;
    case 'sleep':
      return 'sleeps';
    default:
      return kind satisfies never;
  }
}
