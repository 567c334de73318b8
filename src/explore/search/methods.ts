// The operations in the words of who wrote the program: 'Lock.acquire()', 'reads counter', 'puts 3 into
// Queue-1'. Pure.
import { RESULTS, WORK } from '../../deadlock/pool-words';
import { showItem } from '../items';
import { sizeOfCell } from '../machines/memory';
import { isTelling } from '../machines/rule';
import type { Source } from '../machines/wait-any';
import { GAVE_UP, type Operation, type Plain } from '../operations';
import { letterOf } from '../paths';
import type { Things } from '../things';
import { nameOf, procOf, type State, type Step } from './states';
import { verbOf } from './verbs';

/** What is called, by the kind of its operation. */
const METHODS: Readonly<Record<string, string>> = {
  wake: 'wait',
  changed: 'wait',
  come: 'wait',
  ended: 'wait',
  joined: 'join',
  ready: 'poll',
  waitAny: 'wait',
};

/** The class by whose method a real process waits, where its thing is not called so. */
const CLASSES: Readonly<Record<string, string>> = { pipe: 'Connection', semaphore: 'Semaphore' };

/** 'Lock.acquire()', as a real wait is called; '' for a wait of the library's own. */
export function methodOf({ kind, object, args, isSync }: Operation, state: State, things: Things): string {
  const method = `${METHODS[kind] ?? kind}${isSync ? 'Sync' : ''}()`;
  if (kind === 'join') return joinOf(state, String(args[0]), isSync);
  if (object < 0) return method;
  const { machine, kind: className } = things.at(object);
  if (machine === 'pool') return '';
  if (machine === 'queue') return `${kind === 'joined' ? className : 'Queue'}.${method}`;
  // Which of the methods that send or receive it is stands in the operation.
  const named = kind === 'send' ? args[2] : kind === 'recv' ? args[1] : undefined;
  return `${CLASSES[machine] ?? className}.${named === undefined ? method : `${String(named)}()`}`;
}

/** 'Ada.join()' */
export function joinOf(state: State, path: string, isSync = false): string {
  return `${nameOf(state, path)}.join${isSync ? 'Sync' : ''}()`;
}

/** What a step does, as one says it of its process: 'reads counter: 1', 'ends'. */
export function wordsOf(step: Step, state: State, things: Things): string {
  const { asked, event, isFlush } = step;
  if (isFlush) return comesOut(procOf(state, step.path).stored[0], things);
  if (asked === undefined) return 'ends';
  const { object } = asked.operation;
  const thing = object < 0 ? '' : things.at(object).name;
  if (event?.outcome === 'queued')
    return `waits for ${waitedFor(asked.operation, state, things)}, and goes on meanwhile`;
  if (event?.result === GAVE_UP) return `gives up waiting for ${waitedFor(asked.operation, state, things)}`;
  const result = event?.result;
  if (isTelling(result))
    return `gets a DeadlockError, waiting for ${waitedFor(asked.operation, state, things)}`;
  if (isError(result)) return `${askedWords(asked.operation, things)}: ${result.error}`;
  return doneWords(asked.operation, result, (path) => nameOf(state, path), thing);
}

function comesOut(write: Operation | undefined, things: Things): string {
  if (write === undefined) return 'lets others see what it wrote';
  return `lets others see ${things.at(write.object).name}${element(write)} = ${shown(write.args[2])}`;
}

/** Before it is done: what it is about to do, or waits for. */
export function waitedFor({ kind, object, args }: Operation, state: State, things: Things): string {
  if (object >= 0) return kind === 'take' ? WORK : kind === 'collect' ? RESULTS : things.at(object).name;
  if (kind === 'waitAny') return sourcesOf(args as unknown as readonly Source[], state, things);
  return kind === 'join' ? `the end of ${nameOf(state, String(args[0]))}` : kind;
}

/** 'jobs or the end of Ada' */
function sourcesOf(sources: readonly Source[], state: State, things: Things): string {
  const words = sources.map((source) => {
    if (source[0] === 'always') return 'what is there';
    return source[0] === 'end' ? `the end of ${nameOf(state, source[1])}` : things.at(source[1]).name;
  });
  return words.join(' or ');
}

function doneWords(
  { kind, args }: Pick<Operation, 'kind' | 'args'>,
  result: Plain,
  nameIn: (path: string) => string,
  thing: string,
): string {
  switch (kind) {
    case 'read':
    case 'load':
    case 'getItem':
      return `reads ${thing}${element({ kind, args })}: ${shown(kind === 'getItem' ? (result as Plain[])[1] : result)}`;
    case 'write':
    case 'store':
      return `writes ${thing}${element({ kind, args })} = ${shown(args[2])}`;
    case 'print':
      return `prints ${JSON.stringify(args[1])}`;
    case 'put':
      return `puts ${showItem(String(args[0]))} into ${thing}`;
    case 'get':
      return `gets ${showItem(String(result))} from ${thing}`;
    case 'send':
      return `sends ${showItem(String(args[1]))} through ${thing}`;
    case 'recv':
      return `receives ${showItem(String(result))} from ${thing}`;
    case 'acquire':
      return `acquires ${thing}`;
    case 'release':
      return `releases ${thing}`;
    case 'start':
      return `starts ${String(args[1])}`;
    case 'join':
      return `has joined ${nameIn(String(args[0]))}`;
    case 'kill':
      return `ends ${nameIn(String(args[0]))}`;
    case 'sleep':
    case 'timer':
      return 'has slept';
    case 'status':
      return `asks whether ${nameIn(String(args[0]))} has ended: ${result === null ? 'no' : 'yes'}`;
    case 'wake':
    case 'changed':
    case 'ended':
      return `goes on after ${thing}`;
    case 'set':
    case 'clear':
      return `${kind}s ${thing}`;
    case 'notify':
      return `notifies ${thing}`;
    case 'come':
      return `comes to ${thing}`;
    default:
      return verbOf({ kind, args }, thing, result);
  }
}

/** '[2]': which element of an array, if it is not the first; which item of a list. */
export function element({ kind, args }: Pick<Operation, 'kind' | 'args'>): string {
  if (kind === 'getItem' || kind === 'setItem') return `[${args[0]}]`;
  const [cells, at] = args;
  return typeof at !== 'number' || at === 0 ? '' : `[${at / sizeOfCell(String(cells))}]`;
}

export function shown(value: Plain): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** What a look shows, as is said of the thing itself: 'empty', 'taken'. */
export function seenWords(kind: string, result: Plain): string {
  const isSo = result === true;
  switch (kind) {
    case 'qsize':
      return result === 0 ? 'empty' : `${result} in it`;
    case 'isSet':
      return isSo ? 'set' : 'not set';
    case 'locked':
      return isSo ? 'taken' : 'free';
    case 'broken':
      return isSo ? 'broken' : 'not broken';
    case 'nWaiting':
      return `${result} waiting`;
    default:
      return shown(result);
  }
}

export function isError(result: Plain): result is { readonly error: Plain } {
  return typeof result === 'object' && result !== null && 'error' in result;
}

/** What it is about to do, without what comes of it: 'prints "a\\n"', 'reads counter'. */
export function askedWords({ kind, object, args }: Operation, things: Things): string {
  const thing = object < 0 ? '' : things.at(object).name;
  const child = () => letterOf(String(args[0]));
  switch (kind) {
    case 'read':
    case 'load':
    case 'getItem':
      return `reads ${thing}${element({ kind, args })}`;
    case 'get':
    case 'recv':
      return `takes something out of ${thing}`;
    case 'join':
      return `waits for the end of ${child()}`;
    case 'kill':
      return `ends ${child()}`;
    case 'status':
      return `asks whether ${child()} has ended`;
    case 'sleep':
    case 'timer':
      return 'sleeps';
    case 'wake':
    case 'changed':
    case 'ended':
      return `waits for ${thing}`;
    default:
      return doneWords({ kind, args }, undefined, child, thing);
  }
}
