// @ts-nocheck
// interim: thrown away at the merge
import { decodeCaptured, encodeCaptured } from '../capture/encode';
import { Queue } from '../channel/queue';
import { holdHandles, letGo } from '../objects/references';
import { Process } from '../process/process';
import type { Trace, TraceEvent } from '../trace/record';
import { capture } from '../capture/capture';
import { restore } from '../capture/restore/restore';
import { captureTask, prepare } from './explore';
import { letterOf, readOutcome, joined, type Search, type State, type Step, observing } from './search';
import { thingAt, type Plain } from './operations';
import { makeWorld } from './world';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Position { code: string; moves: { token: string; process: string; what: string; where: string | undefined }[];
  processes: { letter: string; name: string; state: 'not started' | 'ready' | 'waiting' | 'ended'; what: string | undefined; where: string | undefined; waitsFor: string | undefined; heldBy: string | undefined }[];
  objects: { name: string; kind: string; value: string; holder: string | undefined }[]; printed: string[]; isOver: undefined | { isBroken: boolean; why: string | undefined } }
export interface Walk { position: Position; take(token: string): Promise<Position>; undo(): Promise<Position>; trace(): Promise<Trace>; close(): Promise<void> }

export type Names = Pick<Trace, 'processes' | 'objects'>;
export interface ExploreOptions { invariant?: () => boolean; expect?: any; anyOrder?: boolean; memory?: { first: any; next(memory: any, event: TraceEvent, names: Names): any } }

const idOf = (state: State, path: string) => state.procs.findIndex((p) => p.path === path);
class Run {
  events: TraceEvent[] = []; ids: string[] = []; names: string[] = []; objects: { id: number; kind: string; name: string }[] = [];
  constructor(readonly search: Search) {}
  id(path: string, state: State) { let at = this.ids.indexOf(path); if (at < 0) { at = this.ids.length; this.ids.push(path); this.names.push(state.procs.find((p) => p.path === path)?.node.behaviour.name ?? path); } return at; }
  get trace(): Trace { return { clock: 'steps', processes: this.ids.map((_, id) => ({ id, name: this.names[id] as string })), objects: this.objects, events: this.events, lost: 0 }; }
  add(step: Step, state: State, after: State) {
    const e = eventOf(this, step, state, after);
    if (e) this.events.push({ ...e, at: this.events.length });
    return e;
  }
}
function eventOf(run: Run, { path, asked, event, printed, isFlush }: Step, state: State, after: State): TraceEvent | undefined {
  const process = run.id(path, state);
  const base = { at: 0, process };
  if (isFlush) return undefined;
  if (asked === undefined) return { ...base, kind: 'exit', number: state.procs[idOf(state, path)]?.node.exit?.code ?? 0 };
  const { kind, object, args, where } = asked.operation;
  if (event?.outcome === 'queued') return undefined;
  const w = where === undefined ? {} : { where };
  let o = {};
  if (object >= 0) { const t = thingAt(object); if (!run.objects.some((x) => x.id === object)) run.objects.push({ id: object, kind: t.machine, name: t.name }); o = { object }; }
  switch (kind) {
    case 'start': return { ...base, kind: 'start', child: run.id(String(args[0]), after), ...w };
    case 'join': return { ...base, kind: 'joined', child: run.id(String(args[0]), state), ...w };
    case 'acquire': case 'release': case 'put': case 'get': return { ...base, kind, ...o, ...w };
    case 'read': return { ...base, kind, ...o, text: String(event?.result), ...w };
    case 'write': return { ...base, kind, ...o, text: String(args[1]), ...w };
    case 'sleep': return { ...base, kind: 'sleep', text: String(args[0]), ...w };
    case 'timer': return { ...base, kind: 'sleep', text: String(args[1]), ...w };
    default: return printed === undefined ? undefined : { ...base, kind: 'print', text: printed, ...w };
  }
}
const tokenOf = (s: Step) => letterOf(s.path) + (s.choice ? s.choice + 1 : '');

export async function exploreInChild(task: Uint8Array, memoryTask: Uint8Array | undefined, plain: any, code: string | undefined, answers: Queue<any>) {
  try {
    const { search, expect } = prepare(decodeCaptured(task), plain);
    const require = createRequire(join(process.cwd(), '[program]'));
    const memory = memoryTask && (restore(decodeCaptured(memoryTask), require, makeWorld(require)) as any).memory;
    if (code !== undefined) { await answers.put({ trace: (await follow(search, code.split(' '))).trace }); return; }
    const found = new Map<string, any>();
    const choices: { at: number; of: number }[] = [];
    let total = 0n, failingCode: string | undefined;
    await search.seeingExits(async () => { for (;;) {
      let depth = 0, state = search.first(), mem = memory?.first, broken = false; const printed: string[] = [], codes: string[] = []; const run = new Run(search);
      for (;;) {
        if (search.isBroken(state)) broken = true;
        const steps = await search.steps(state); if (steps.length === 0) break;
        let step = steps[0] as Step;
        if (steps.length > 1) { const c = choices[depth] ?? { at: 0, of: steps.length }; choices[depth++] = c; step = steps[c.at] as Step; }
        if (!step.isSilent) codes.push(tokenOf(step));
        if (step.printed !== undefined) printed.push(step.printed);
        const after = search.next(state, step) ?? (await search.learn(state, step));
        const e = run.add(step, state, after); if (e && memory) mem = memory.next(mem, e, run.trace);
        state = after;
      }
      total++;
      const ending = search.ending(state);
      let text = printed.reduceRight((s, t) => joined(t, s, plain.anyOrder ?? false), JSON.stringify(ending));
      if (plain.anyOrder) { const l = text.split('\n'); const end = l.pop() as string; text = [...l.sort(), end].join('\n'); }
      const key = text + JSON.stringify(mem) + broken;
      const read = readOutcome(text);
      const outcome = { returned: ending.returned, printed: read.printed, failures: ending.failures, hang: ending.sentence, memory: mem };
      const isRight = !broken && ending.kind === 'ended' && (expect === undefined || (typeof expect === 'function' ? expect(outcome) === true : JSON.stringify(expect) === JSON.stringify(ending.returned)));
      const known = found.get(key) ?? { outcome, count: 0n, code: undefined, isRight };
      known.count++; const c = codes.join(' ');
      const less = (a: string, b: string) => { const k = (x: string) => x.split(' ').filter((l, i, y) => i && l !== y[i - 1]).length; return a.split(' ').length - b.split(' ').length || k(a) - k(b) || (a < b ? -1 : 1); };
      if (known.code === undefined || less(c, known.code) < 0) known.code = c;
      found.set(key, known);
      choices.length = depth;
      while (choices.length) { const last = choices.at(-1)!; if (++last.at < last.of) break; choices.pop(); }
      if (!choices.length) break;
    } });
    const outcomes = [...found.values()];
    await answers.put({ found: { schedules: total, isComplete: true, outcomes, failing: outcomes.find((o) => !o.isRight), timed: await timed(search) } });
    void failingCode;
  } catch (error) { await answers.put({ failed: String((error as Error).stack) }); }
}
async function timed(search: Search): Promise<Trace> {
  const clocks = new Map<string, number>([['', 0]]), things = new Map<number, number>(); let state = search.first(); const run = new Run(search); const events: TraceEvent[] = [];
  const W = new Set(['acquire', 'get', 'wake', 'changed', 'pass', 'joined', 'put']); const begun = new Map<any, number>();
  const readyAt = ({ path, asked }: Step): number => { const own = clocks.get(path) ?? 0; if (!asked) return own; const { kind, args, object } = asked.operation;
    if (kind === 'timer') return Math.max(own, (begun.get(asked) ?? 0) + Number(args[1] ?? 0)); if (kind === 'sleep') return own + Number(args[0]);
    if (kind === 'join') return Math.max(own, clocks.get(String(args[0])) ?? 0); return W.has(kind) ? Math.max(own, things.get(object) ?? 0) : own; };
  for (;;) { const steps = await search.steps(state); if (!steps.length) break;
    for (const { path, node } of state.procs) for (const a of node.queued) if (a.operation.kind === 'timer' && !begun.has(a)) begun.set(a, clocks.get(path) ?? 0);
    const step = steps.reduce((l, e) => (readyAt(e) < readyAt(l) ? e : l)); const at = readyAt(step); clocks.set(step.path, at);
    const op = step.asked?.operation; if (op?.kind === 'start') clocks.set(String(op.args[0]), at); if (op && op.object >= 0) things.set(op.object, at);
    const after = search.next(state, step) ?? (await search.learn(state, step)); const e = run.add(step, state, after); if (e) events.push({ ...e, at: e.kind === 'sleep' ? at - Number(e.text) : at }); state = after; }
  return { ...run.trace, clock: 'ms', events };
}
async function follow(search: Search, tokens: string[]) {
  let state = search.first(); let at = 0; const run = new Run(search);
  for (;;) { const steps = await search.steps(state); if (!steps.length) break;
    const silent = steps.length === 1 && steps[0]?.isSilent;
    const step = (silent ? steps[0] : steps.find((s) => tokenOf(s) === tokens[at]) ?? steps[0]) as Step; if (!step.isSilent) at++;
    const after = search.next(state, step) ?? (await search.learn(state, step)); run.add(step, state, after); state = after; }
  return { trace: run.trace, state };
}
async function askOnce(program: any, options: ExploreOptions, code: string | undefined) {
  const captured = captureTask(program, { ...options, invariant: options.invariant } as any);
  const memory = options.memory && encodeCaptured(capture({ memory: options.memory }));
  const held = holdHandles(captured.nodes.flatMap((n) => (n.type === 'handle' ? [n.handle] : [])));
  const answers = new Queue<any>();
  const { invariant: _i, expect: _e, memory: _m, ...plain } = options;
  const child = new Process({ name: 'explore', target: exploreInChild as any, args: [encodeCaptured(captured), memory, plain, code, answers] as any });
  try { child.start(); await child.join({ timeout: 60_000 }); const a: any = await answers.get({ timeout: 1000 }); if (a.failed) throw new Error(a.failed); return a; } finally { if (child.isAlive()) child.kill(); letGo(held); answers.close(); }
}
export async function explore(program: () => unknown, options: ExploreOptions = {}): Promise<{ schedules: bigint; isComplete: boolean; outcomes: { outcome: { returned: any; printed: string[]; failures: { name: string; code: number; error: string | undefined }[]; hang?: string; memory?: any }; count: bigint; code: string }[]; failing?: { code: string }; timed: Trace; replay(code: string): Promise<{ trace: Trace }> }> {
  const { found } = await askOnce(program, options, undefined);
  return { ...found, replay: async (code: string) => await askOnce(program, options, code) };
}
export async function walkInChild(task: Uint8Array, plain: any, commands: Queue<any>, answers: Queue<any>) {
  const { search, expect } = prepare(decodeCaptured(task), plain);
  const past: { state: State; run: number; code: string[]; printed: string[]; broken: boolean }[] = []; const run = new Run(search);
  let now = { state: search.first(), run: 0, code: [] as string[], printed: [] as string[], broken: false };
  const settle = async () => { for (;;) { if (search.isBroken(now.state)) now = { ...now, broken: true }; const steps = await search.steps(now.state); const only = steps[0]; if (!only?.isSilent) return; await go(only); } };
  const go = async (step: Step) => { const after = search.next(now.state, step) ?? (await search.learn(now.state, step)); run.events.length = now.run; run.add(step, now.state, after);
    now = { ...now, state: after, run: run.events.length, code: step.isSilent ? now.code : [...now.code, tokenOf(step)], printed: step.printed === undefined ? now.printed : [...now.printed, step.printed] }; };
  const words = (s: Step) => { const op = s.asked?.operation; if (!op) return 'ends'; const t = op.object >= 0 ? thingAt(op.object).name : ''; return op.kind === 'read' ? `reads ${t}` : op.kind === 'write' ? `writes ${op.args[1]} to ${t}` : op.kind === 'acquire' ? `takes ${t}` : op.kind === 'release' ? `gives ${t} back` : op.kind === 'print' ? `prints ${JSON.stringify(s.printed)}` : `${op.kind} ${t}`; };
  const position = async (): Promise<Position> => { await settle(); const steps = await search.steps(now.state);
    const ending = steps.length === 0 ? search.ending(now.state) : undefined; let why = now.broken ? 'the invariant does not hold' : undefined;
    if (ending && !why) why = ending.kind !== 'ended' ? ending.sentence : ending.failures[0] ? `${ending.failures[0].name} failed` : expect === undefined ? undefined : typeof expect === 'function' ? (expect({ ...ending, printed: now.printed }) ? undefined : 'not as expected') : JSON.stringify(expect) === JSON.stringify(ending.returned) ? undefined : `it returned ${ending.returned}, not ${expect}`;
    return { code: now.code.join(' '), moves: steps.map((s) => ({ token: tokenOf(s), process: letterOf(s.path), what: words(s), where: s.asked?.operation.where })),
      processes: now.state.procs.filter((p) => p.path !== '').map((p) => { const own = steps.find((s) => s.path === p.path); const a = p.node.fresh[0] ?? p.node.queued[0]; const v = a && a.operation.object >= 0 ? search.valueOf(now.state, a.operation.object) : undefined;
        return { letter: letterOf(p.path), name: p.node.behaviour.name, state: p.ended ? 'ended' as const : own ? 'ready' as const : 'waiting' as const, what: own && words(own), where: (own?.asked ?? a)?.operation.where, waitsFor: own || !a || a.operation.object < 0 ? undefined : thingAt(a.operation.object).name, heldBy: typeof v === 'string' ? now.state.procs.find((q) => q.path === v)?.node.behaviour.name : undefined }; }),
      objects: run.objects.map(({ id, name, kind }) => { const v: any = search.valueOf(now.state, id); return { name, kind, value: kind === 'memory' ? v.join(', ') : kind === 'lock' ? (v === null ? 'free' : 'held') : JSON.stringify(v), holder: kind === 'lock' && v !== null ? now.state.procs.find((q) => q.path === v)?.node.behaviour.name : undefined }; }),
      printed: now.printed, isOver: why ? { isBroken: true, why } : ending ? { isBroken: false, why: undefined } : undefined }; };
  const first = await search.seeingExits(async () => { const p = await position(); return p; });
  await answers.put(first);
  for (;;) { const c = await commands.get(); if (c.close) return; if (c.take) { past.push(now); const s = (await search.steps(now.state)).find((x) => tokenOf(x) === c.take); if (s) await go(s); } if (c.undo) now = past.pop() ?? now;
    if (c.trace) { await answers.put({ ...run.trace, events: run.events.slice(0, now.run) }); continue; } await answers.put(await position()); }
}
export async function openWalk(program: () => unknown, options: ExploreOptions = {}): Promise<Walk> {
  const captured = captureTask(program, options as any); const commands = new Queue<any>(), answers = new Queue<any>(); const { invariant: _i, expect: _e, memory: _m, ...plain } = options;
  const child = new Process({ name: 'explore', daemon: true, target: walkInChild as any, args: [encodeCaptured(captured), plain, commands, answers] as any }); child.start();
  const walk = { position: (await answers.get({ timeout: 20_000 })) as Position, take: async (take: string) => { await commands.put({ take }); return (walk.position = (await answers.get()) as Position); }, undo: async () => { await commands.put({ undo: true }); return (walk.position = (await answers.get()) as Position); },
    trace: async () => { await commands.put({ trace: true }); return (await answers.get()) as Trace; }, close: async () => { await commands.put({ close: true }); await child.join(); commands.close(); answers.close(); } };
  return walk;
}
