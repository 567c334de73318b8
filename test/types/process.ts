// What must, and what must not, compile around processes. Compiled by the build; a test looks at each error.
import {
  currentProcess,
  getContext,
  Lock,
  Process,
  parentProcess,
  setStartMethod,
  wait,
} from '../../src/index';
import { is } from './expect';

const greet = (name: string, times: number) => `${name} ${times}`;
const optional = (name: string, times?: number) => `${name} ${times}`;
const rest = (...names: string[]) => names.join();
const nothing = () => {};
const asynchronous = async (n: number) => n;

export function args(): void {
  new Process({ target: greet, args: ['Ada', 3] });
  new Process({ target: optional, args: ['Ada'] });
  new Process({ target: optional, args: ['Ada', 3] });
  new Process({ target: rest, args: [] });
  new Process({ target: rest, args: ['a', 'b'] });
  new Process({ target: rest });
  new Process({ target: nothing });
  new Process({ target: nothing, args: [] });
  new Process({ target: asynchronous, args: [1] });
  new Process({ target: (lock: Lock) => lock.release(), args: [new Lock()] });
  new Process({ target: (a, b) => a + b, args: [1, 2] });
  new Process();
  new Process({});
  new Process({ name: 'Ada', daemon: true });
  new Process<[string, number]>({ target: greet, args: ['Ada', 3] });

  // @ts-expect-error TS2345: the arguments are missing
  new Process({ target: greet });
  // @ts-expect-error TS2322: the second one is missing
  new Process({ target: greet, args: ['Ada'] });
  // @ts-expect-error TS2322: one too many
  new Process({ target: greet, args: ['Ada', 3, 4] });
  // @ts-expect-error TS2322: of the wrong type
  new Process({ target: greet, args: ['Ada', 'three'] });
  // @ts-expect-error TS2322: no list
  new Process({ target: greet, args: 'Ada' });
  // @ts-expect-error TS2322: none are taken
  new Process({ target: nothing, args: [1] });
  // @ts-expect-error TS2322: a rest of the wrong type
  new Process({ target: rest, args: [1] });
  // @ts-expect-error TS2345: the lock is not passed
  new Process({ target: (lock: Lock) => lock.release() });
  // @ts-expect-error TS2322: what it returned, and not the function
  new Process({ target: nothing() });
}

export function options(): void {
  new Process({ target: nothing, method: 'thread' });
  // @ts-expect-error TS2322: no start method of ours
  new Process({ target: nothing, method: 'fork' });
  // @ts-expect-error TS2561: Python's keyword arguments
  new Process({ target: nothing, kwargs: {} });
  // @ts-expect-error TS2345: no start method of ours
  setStartMethod('spawn');
  // @ts-expect-error TS2345: no start method of ours
  getContext('fork');
  // @ts-expect-error TS2322: the context has decided
  new (getContext('thread').Process)({ target: nothing, method: 'process' });
  // @ts-expect-error TS2322: the context has decided
  new (getContext('thread').Pool)({ method: 'process' });
  new (getContext('thread').Process)({ target: greet, args: ['Ada', 3] });
  // @ts-expect-error TS2345: the arguments are missing
  new (getContext().Process)({ target: greet });
}

export async function life(): Promise<void> {
  const child = new Process({ target: greet, args: ['Ada', 3] });
  is<void>()(child.start());
  is<void>()(await child.join({ timeout: 10 }));
  is<number | null>()(child.exitcode);
  is<number | undefined>()(child.pid);
  is<number>()(currentProcess().pid);
  is<string | undefined>()(parentProcess()?.name);
  await wait([child, child.sentinel]);
  // @ts-expect-error TS2322: milliseconds are numbers
  await wait([child], { timeout: '3' });
  // @ts-expect-error TS2559: options, and no bare number
  await child.join(10);
  // @ts-expect-error TS2353: a blocking wait has no signal
  child.joinSync({ signal: AbortSignal.abort() });
  // @ts-expect-error TS2540: the system gives it
  child.pid = 3;
}

export class Greeter extends Process {
  readonly who: string;
  constructor(who: string) {
    super({ daemon: true });
    this.who = who;
  }
  override run(): void {
    is<string>()(this.who);
  }
}

export class Needy extends Process<[string, number]> {
  override async run(): Promise<void> {}
}

export function subclasses(): void {
  new Greeter('Ada').start();
  new Needy({ target: greet, args: ['Ada', 3] });
  // @ts-expect-error TS2554: who is missing
  new Greeter();
  // @ts-expect-error TS2345: an array of arguments is missing
  new Needy({ target: greet });
}
