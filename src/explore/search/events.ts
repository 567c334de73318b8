// What happens in an order, in the shape in which real runs are told.
import type { EventKind, TracedObject, TracedProcess, TraceEvent } from '../../trace/record';
import type { Asked } from '../behaviour';
import { showItem } from '../items';
import { isTelling } from '../machines/rule';
import type { Source } from '../machines/wait-any';
import { GAVE_UP, type Operation, type Plain } from '../operations';
import { MAIN, parentOf } from '../paths';
import { element, isError, seenWords, shown, waitedFor } from './methods';
import { attempt, type Rules } from './rules';
import { waitsOf } from './standstill';
import { findProc, nameOf, type Proc, type State, type Step } from './states';

/** An event whose process and thing are not numbered yet. */
export type Told = Omit<TraceEvent, 'at' | 'process' | 'child' | 'object'> & {
  readonly path: string;
  /** The place in the list of things; -1: none. */
  readonly thing: number;
  /** The path of the other process. */
  readonly other?: string;
};

/** What is done, by the kind of the operation. What is not here is not told. */
const KINDS: Readonly<Record<string, EventKind>> = {
  start: 'start',
  acquire: 'acquire',
  release: 'release',
  put: 'put',
  send: 'put',
  get: 'get',
  recv: 'get',
  join: 'joined',
  joined: 'wake',
  wake: 'wake',
  ready: 'wake',
  changed: 'wake',
  ended: 'wake',
  print: 'print',
  read: 'read',
  load: 'read',
  getItem: 'read',
  write: 'write',
  store: 'write',
  add: 'write',
  sub: 'write',
  and: 'write',
  or: 'write',
  xor: 'write',
  exchange: 'write',
  compareExchange: 'write',
  setItem: 'write',
  qsize: 'look',
  isSet: 'look',
  locked: 'look',
  getValue: 'look',
  nWaiting: 'look',
  broken: 'look',
  take: 'wake',
  collect: 'wake',
  sleep: 'sleep',
  timer: 'sleep',
};

/** What writes a value whatever was there before; the others are told by their names in Atomics. */
const SETTING: ReadonlySet<string> = new Set(['write', 'store', 'setItem']);

/** Returns undefined for what is not told. */
export function toldOf({ path, asked, event, isFlush }: Step, state: State): Told | undefined {
  if (isFlush) return undefined;
  if (asked === undefined) {
    const code = findProc(state, path)?.node.exit?.code ?? 0;
    return { path, kind: 'exit', thing: -1, number: code };
  }
  const { kind: done, object: thing, args, where } = asked.operation;
  const place = where === undefined ? {} : { where };
  // The wait of one who goes on meanwhile is seen from outside like any other.
  if (event?.outcome === 'queued') return undefined;
  const other = done === 'start' || done === 'join' ? { other: String(args[0]) } : {};
  if (event?.result === GAVE_UP || isTelling(event?.result))
    return { path, kind: 'give-up', thing, ...other, ...place };
  const kind = KINDS[done];
  if (kind === undefined || isError(event?.result)) return undefined;
  // A worker of a pool that is closed ends.
  if (done === 'take' && event?.result === null) return undefined;
  return { path, kind, thing, ...other, ...place, ...textOf(kind, asked.operation, event?.result) };
}

function textOf(kind: EventKind, operation: Operation, result: Plain): { text?: string } {
  const { kind: done, args } = operation;
  switch (kind) {
    case 'print':
      return { text: String(args[1]) };
    case 'read':
      return { text: `${prefix(operation)}${shown(done === 'getItem' ? (result as Plain[])[1] : result)}` };
    case 'write':
      return { text: `${prefix(operation)}${SETTING.has(done) ? '' : `${done} `}${shown(args.at(-1))}` };
    case 'look':
      return { text: seenWords(done, result) };
    case 'put':
      return { text: showItem(String(done === 'send' ? args[1] : args[0])) };
    case 'get':
      return { text: showItem(String(result)) };
    default:
      return {};
  }
}

function prefix(operation: Operation): string {
  const at = element(operation);
  return at === '' ? '' : `${at} = `;
}

interface Blocked {
  readonly path: string;
  /** The number of the operation in which it waits. */
  readonly number: number;
  readonly told: Told;
}

/** Returns the processes that could not go on if they were asked in this state, whose steps are known. */
export function blockedIn(state: State, rules: Rules): Blocked[] {
  return state.procs.flatMap((proc) => {
    const wait = waitOf(proc, state, rules);
    if (wait === undefined) return [];
    const { object, kind, args, where } = wait.operation;
    const [source] = kind === 'waitAny' ? (args as unknown as readonly Source[]) : [];
    const isForEnd = kind === 'join' || source?.[0] === 'end';
    const words =
      kind === 'waitAny' && args.length > 1 ? waitedFor(wait.operation, state, rules.things) : undefined;
    const told: Told = {
      path: proc.path,
      kind: 'wait',
      thing: typeof source?.[1] === 'number' ? source[1] : object,
      ...(isForEnd && { other: String(source?.[1] ?? args[0]) }),
      ...(words !== undefined && { text: words }),
      ...(where !== undefined && { where }),
    };
    return [{ path: proc.path, number: wait.number, told }];
  });
}

function waitOf(proc: Proc, state: State, rules: Rules): Asked | undefined {
  const { stop } = proc.node;
  if (proc.ended !== undefined || (stop !== 'sync' && stop !== 'quiet')) return undefined;
  const waits = waitsOf(proc);
  const canGo = ({ operation }: Asked) => attempt(state, proc, operation, rules) !== undefined;
  return waits.some(canGo) ? undefined : waits[0];
}

/** Gives the processes and the things their places in a record, in the order in which they are met. */
export class Names {
  readonly processes: TracedProcess[] = [];
  readonly objects: TracedObject[] = [];
  readonly #processIds = new Map<string, number>();
  readonly #objectIds = new Map<number, number>();
  readonly #counts = new Map<string, number>();
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#process(MAIN, 'MainProcess');
  }

  event(told: Told, at: number, behind: State): TraceEvent {
    const { path, thing, other, ...rest } = told;
    const child = other === undefined ? {} : { child: this.#processId(other, behind) };
    const object = thing < 0 ? {} : { object: this.#objectId(thing) };
    const number =
      told.kind === 'put' || told.kind === 'get' ? { number: this.#count(`${told.kind} ${thing}`) } : {};
    if (told.kind === 'exit') this.#ended(path, told.number ?? 0);
    return { at, process: this.#processId(path, behind), ...rest, ...child, ...object, ...number };
  }

  #ended(path: string, exitcode: number): void {
    const id = this.#processIds.get(path);
    const known = id === undefined ? undefined : this.processes[id];
    if (id !== undefined && known !== undefined) this.processes[id] = { ...known, exitcode };
  }

  #processId(path: string, state: State): number {
    return this.#processIds.get(path) ?? this.#process(path, nameOf(state, path));
  }

  #process(path: string, name: string): number {
    const id = this.processes.length;
    this.#processIds.set(path, id);
    const parent = path === MAIN ? undefined : this.#processIds.get(parentOf(path));
    this.processes.push({ id, name, ...(parent !== undefined && { parent }) });
    return id;
  }

  #objectId(thing: number): number {
    const known = this.#objectIds.get(thing);
    if (known !== undefined) return known;
    const id = this.objects.length;
    const { kind, name } = this.#rules.things.at(thing);
    this.#objectIds.set(thing, id);
    this.objects.push({ id, kind, name });
    return id;
  }

  #count(what: string): number {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    return count;
  }
}
