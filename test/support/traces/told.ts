// What the tests of the trace have in common: an event as one line, and what must hold of every trace.
import assert from 'node:assert/strict';
import type { Trace, TraceEvent } from '../../../src/index';

/** 'Ada acquire Lock-1', with whom, which number or what text, and without the time. */
export function line({ processes, objects }: Trace, event: TraceEvent): string {
  const name = (id: number | undefined) => (id === undefined ? undefined : processes[id]?.name);
  const object = event.object === undefined ? undefined : objects[event.object]?.name;
  const words = [name(event.process), event.kind, object, name(event.child), event.number, event.text];
  return words.filter((word) => word !== undefined).join(' ');
}

export function lines(trace: Trace, choose: (event: TraceEvent) => boolean = () => true): string[] {
  return trace.events.filter(choose).map((event) => line(trace, event));
}

/** Of the kind of object that is called so. */
export function eventsOf({ objects, events }: Trace, name: string): TraceEvent[] {
  const id = objects.find((object) => object.name === name)?.id;
  return events.filter(({ object }) => object !== undefined && object === id);
}

/** Of a trace in which nothing was lost and whose processes have ended, but for the main one. */
export function checkWhole(trace: Trace): void {
  assert.equal(trace.lost, 0);
  checkOrder(trace);
  for (const { id, kind } of trace.objects) {
    const events = trace.events.filter(({ object }) => object === id);
    if (kind === 'Lock' || kind === 'RLock') checkLock(trace, events);
    if (kind === 'Queue') checkQueue(trace, events);
  }
  for (const { id } of trace.processes) checkProcess(trace, id);
}

export function checkOrder({ processes, objects, events }: Trace): void {
  assert.equal(events[0]?.at ?? 0, 0);
  for (let index = 1; index < events.length; index++) {
    assert.ok((events[index]?.at ?? 0) >= (events[index - 1]?.at ?? 0), `event ${index} comes too early`);
  }
  for (const { process, object, child } of events) {
    assert.ok(process in processes && (child === undefined || child in processes));
    assert.ok(object === undefined || object in objects);
  }
  assert.deepEqual(
    [...processes, ...objects].map(({ id }) => id),
    [...processes.keys(), ...objects.keys()],
  );
}

/** One process at a time has it, and gives it back. */
function checkLock(trace: Trace, events: readonly TraceEvent[]): void {
  let owner: number | undefined;
  for (const event of events) {
    if (event.kind === 'acquire') {
      assert.equal(owner, undefined, line(trace, event));
      owner = event.process;
    }
    if (event.kind === 'release') {
      assert.equal(owner, event.process, line(trace, event));
      owner = undefined;
    }
  }
  assert.equal(owner, undefined);
}

/** Every message was put once, before it was got, and they are got in the order in which they were put. */
export function checkQueue(trace: Trace, events: readonly TraceEvent[]): void {
  const onTheWay: (number | undefined)[] = [];
  for (const event of events) {
    if (event.kind === 'put') onTheWay.push(event.number);
    if (event.kind === 'get') assert.equal(event.number, onTheWay.shift(), line(trace, event));
  }
}

function checkProcess(trace: Trace, id: number): void {
  const own = trace.events.filter(({ process }) => process === id);
  const started = trace.events.find(({ kind, child }) => kind === 'start' && child === id);
  assert.ok((started === undefined) === (trace.processes[id]?.parent === undefined));
  assert.ok(started === undefined || own.every(({ at }) => at >= started.at));
  if (started !== undefined) assert.equal(own.at(-1)?.kind, 'exit');
  own.forEach((event, index) => {
    if (event.kind !== 'wait') return;
    const end = own
      .slice(index + 1)
      .find(({ kind }) => ['acquire', 'get', 'joined', 'wake', 'give-up'].includes(kind));
    assert.ok(end !== undefined, `${line(trace, event)} has no end`);
    assert.deepEqual([end.object, end.child], [event.object, event.child], line(trace, event));
  });
}
