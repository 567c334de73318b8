// A notebook in a real kernel under interrupts at random moments: an interrupted cell ends soon and can run again, all checks
// say at the end what they say without interrupts, and nothing is left.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../chaos/random';
import type { Exchange } from '../support/kernel/client';
import { type RealKernel, startRealKernel, untilNone } from '../support/kernel/real-kernel';
import type { Notebook } from '../support/notebooks/notebook-file';
import { answered, type StormCell, solvedCells, verdictIn } from './storm-cells';

/** From an interrupt to the end of its cell. Much, since other programs may share the machine: the figures tell how soon it is. */
const SOON_MS = 20_000;
const GRACE_MS = 10_000;
/** A cell that has run once may wait for ever the next time, such as for what it has taken out of a queue. */
const AGAIN_MS = 30_000;
/** How often a cell is interrupted before it is left in peace. */
const MOST_TRIES = 3;
const CHANCE = 0.5;
/** Node and its tools keep caches here on purpose. */
const CACHES = /^(node-compile-cache|v8-compile-cache-.*)$/;

/** A notebook as it runs without interrupts. */
export interface Calm {
  /** With the right answers to the questions. */
  cells: readonly (StormCell & { tookMs: number })[];
  verdicts: ReadonlyMap<string, string>;
}

export interface Interrupt {
  /** The cell. */
  id: string;
  /** Milliseconds from the interrupt to the end of its cell. */
  endedMs: number;
}

export interface Storm {
  interrupts: Interrupt[];
  /** How often a cell could only run again after all cells above it. */
  runAbove: number;
}

type Reply = Awaited<ReturnType<Exchange<'execute_request'>['reply']>>;

/** Runs it without interrupts. Every check of an answer has to say yes. */
export function calm(notebook: Notebook): Promise<Calm> {
  return inKernel(async (kernel) => {
    const cells: (StormCell & { tookMs: number })[] = [];
    const verdicts = new Map<string, string>();
    for (const cell of solvedCells(notebook)) {
      let [shown, source, tookMs] = ['', cell.source, 0];
      for (source of cell.isCheck ? answered(cell) : [cell.source]) {
        const began = performance.now();
        shown = await runs(kernel, { ...cell, source });
        tookMs = performance.now() - began;
        if (/✔ Yes/.test(shown)) break;
      }
      if (cell.isCheck) {
        assert.match(shown, /✔ Yes/, `${notebook.name}, ${cell.id}`);
        verdicts.set(cell.id, verdictIn(shown));
      }
      cells.push({ ...cell, source, tookMs });
    }
    return { cells, verdicts };
  });
}

/** Throws where something is not as without interrupts. */
export function storm({ cells, verdicts }: Calm, random: Random): Promise<Storm> {
  return inKernel(async (kernel) => {
    const result: Storm = { interrupts: [], runAbove: 0 };
    for (const [at, cell] of cells.entries()) {
      const wasTried = await interrupted(kernel, cell, random, result);
      // What such a cell began, or ended, such as the start of a process, cannot always be begun again.
      const shown = await runs(kernel, cell, wasTried ? AGAIN_MS : undefined).catch(async (error) => {
        if (!wasTried) throw error;
        result.runAbove += 1;
        for (const above of cells.slice(0, at)) await runs(kernel, above);
        return runs(kernel, cell);
      });
      if (cell.isCheck) assert.equal(verdictIn(shown), verdicts.get(cell.id), cell.id);
    }
    return result;
  });
}

/** Runs the cell and interrupts it, perhaps more than once or not at all. Whether it has run. */
async function interrupted(
  kernel: RealKernel,
  { id, source, tookMs }: Calm['cells'][number],
  random: Random,
  { interrupts }: Storm,
): Promise<boolean> {
  let tries = 0;
  for (; tries < MOST_TRIES && random.chance(CHANCE); tries++) {
    const cell = kernel.client.execute(source, { stop_on_error: false, allow_stdin: false });
    // Sometimes a little late, when nothing runs any more: then the next cell must not feel it.
    await sleep(random.below(1.2 * tookMs + 20));
    const began = performance.now();
    await kernel.client.interrupt().reply();
    await ended(cell, id, 'after its interrupt');
    const endedMs = performance.now() - began;
    interrupts.push({ id, endedMs });
    assert.ok(endedMs < SOON_MS, `${id} ended ${endedMs.toFixed(0)} ms after its interrupt`);
  }
  return tries > 0;
}

function ended(cell: Exchange<'execute_request'>, id: string, when: string): Promise<Reply> {
  return cell.done().catch((error: Error) => {
    throw new Error(`${id}, ${when}: ${error.message}`, { cause: error });
  });
}

/** What it shows. After `timeoutMs` it is interrupted. */
async function runs(
  kernel: RealKernel,
  { id, source, mayFail }: StormCell,
  timeoutMs?: number,
): Promise<string> {
  const cell = kernel.client.execute(source, { stop_on_error: false, allow_stdin: false });
  const timer = timeoutMs && setTimeout(() => kernel.client.interrupt(), timeoutMs);
  const reply = await ended(cell, id, timeoutMs === undefined ? 'untried' : 'tried before');
  clearTimeout(timer);
  assert.ok(reply.status === 'ok' || mayFail, `${id} ends so: ${JSON.stringify(reply)}`);
  const shown = [...cell.contents('execute_result'), ...cell.contents('display_data')];
  return shown.map(({ data }) => (data as Record<string, string>)['text/plain'] ?? '').join('\n');
}

/** A kernel with a temporary folder of its own, of which no process and no file is left. */
async function inKernel<T>(action: (kernel: RealKernel) => Promise<T>): Promise<T> {
  // Short, because a socket's path may have 107 bytes.
  const folder = mkdtempSync(path.join(tmpdir(), 'st-'));
  try {
    const kernel = await startRealKernel({ TMPDIR: folder });
    let result: T;
    try {
      result = await action(kernel);
    } finally {
      await kernel.stop();
    }
    assert.deepEqual(await untilNone(kernel, GRACE_MS), [], 'processes are left');
    assert.deepEqual(
      readdirSync(folder).filter((name) => !CACHES.test(name)),
      [],
      'files are left',
    );
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
