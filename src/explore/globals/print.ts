// What is printed, as operations: one for each text that goes to standard output or standard error.
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { copyOf } from '../faces/view';
import { perform, type Runner, runner } from '../operations';
import { put } from './put';
import { holdsView } from './views';

/** A console of each process's own, for it remembers counts and indentation. */
interface Printer {
  readonly console: Console;
  texts: [stream: 'out' | 'err', text: string][];
}
const printers = new WeakMap<Runner, Printer>();

function printerOf(process: Runner): Printer {
  const known = printers.get(process);
  if (known !== undefined) return known;
  const collect = (stream: 'out' | 'err') =>
    Object.assign(new Writable(), {
      write: (text: string) => {
        printer.texts.push([stream, text]);
        return true;
      },
    });
  const made = new Console({ stdout: collect('out'), stderr: collect('err') });
  const printer: Printer = { console: made, texts: [] };
  printers.set(process, printer);
  return printer;
}

const methods = [
  'assert',
  'count',
  'countReset',
  'debug',
  'dir',
  'dirxml',
  'error',
  'group',
  'groupCollapsed',
  'groupEnd',
  'info',
  'log',
  'table',
  'trace',
  'warn',
] as const;
const timing = ['time', 'timeEnd', 'timeLog'] as const;

export function controlPrinting(): void {
  for (const name of methods) {
    put(console, name, (...args: unknown[]) => {
      const printer = printerOf(runner());
      printer.texts = [];
      (printer.console[name] as (...args: unknown[]) => void)(
        ...(name === 'dir' ? forDir(args) : args.map(copyOf)),
      );
      for (const [stream, text] of printer.texts) perform('print', -1, [stream, text]);
    });
  }
  for (const name of timing)
    put(console, name, (label = 'default', ...data: unknown[]) => time(name, String(label), data));
  put(process.stdout, 'write', writing('out'));
  put(process.stderr, 'write', writing('err'));
}

/** It does not ask objects how they are shown, and so would look behind a shared array. */
function forDir([shown, options]: unknown[]): unknown[] {
  return [shown, holdsView(shown) ? { customInspect: true, ...(options as object) } : options];
}

const begun = new WeakMap<Runner, Map<string, number>>();

function time(name: (typeof timing)[number], label: string, data: readonly unknown[]): void {
  const now = Number(perform('now'));
  const mine = begun.get(runner()) ?? new Map<string, number>();
  begun.set(runner(), mine);
  if (name === 'time') mine.set(label, now);
  else console.log(`${label}: ${now - (mine.get(label) ?? now)}ms`, ...(name === 'timeLog' ? data : []));
  if (name === 'timeEnd') mine.delete(label);
}

function writing(stream: 'out' | 'err') {
  return (chunk: string | Uint8Array, ...rest: unknown[]) => {
    perform('print', -1, [stream, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()]);
    const written = rest.at(-1);
    if (typeof written === 'function') globalThis.queueMicrotask(() => written());
    return true;
  };
}
