// `npm run one-core`: how long each code cell of the notebooks takes where the kernel and its children have one core, as on
// Binder, and how much memory they take together. Linux only. The exercises are solved, so that the checks do all their work.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { answered, solvedCells } from '../storms/storm-cells';
import { type RealKernel, startRealKernel } from '../support/kernel/real-kernel';
import { type Notebook, readNotebooks } from '../support/notebooks/notebook-file';

const MOST_MS = 5000;
const EVERY_MS = 200;
const KIB_A_MIB = 1024;

async function main(): Promise<void> {
  const [word = ''] = process.argv.slice(2);
  for (const notebook of readNotebooks().filter(({ name }) => name.includes(word))) {
    const kernel = await startRealKernel();
    let peakMib = 0;
    const sampler = setInterval(() => {
      peakMib = Math.max(peakMib, memoryMib(kernel));
    }, EVERY_MS);
    try {
      for (const pid of kernel.processes()) execFileSync('taskset', ['-a', '-p', '-c', '0', String(pid)]);
      const cells = await timed(kernel, notebook);
      const total = cells.reduce((sum, { tookMs }) => sum + tookMs, 0);
      const [longest] = cells.toSorted((a, b) => b.tookMs - a.tookMs);
      process.stdout.write(
        `${notebook.name}: ${cells.length} cells, ${seconds(total)} together; longest ${longest?.id} ` +
          `${seconds(longest?.tookMs ?? 0)}; ${peakMib.toFixed(0)} MiB at most; load ${loadavg()[0]?.toFixed(1)}\n`,
      );
      for (const { id, tookMs } of cells) {
        if (tookMs > MOST_MS) process.stdout.write(`  too long: ${id} ${seconds(tookMs)}\n`);
      }
    } finally {
      clearInterval(sampler);
      await kernel.stop();
    }
  }
}

async function timed(kernel: RealKernel, notebook: Notebook): Promise<{ id: string; tookMs: number }[]> {
  const times: { id: string; tookMs: number }[] = [];
  for (const cell of solvedCells(notebook)) {
    let tookMs = 0;
    for (const source of cell.isCheck ? answered(cell) : [cell.source]) {
      const began = performance.now();
      const run = kernel.client.execute(source, { stop_on_error: false, allow_stdin: false });
      await run.done();
      tookMs = performance.now() - began;
      const shown = [...run.contents('execute_result'), ...run.contents('display_data')];
      if (/✔ Yes/.test(JSON.stringify(shown))) break;
    }
    times.push({ id: cell.id, tookMs });
  }
  return times;
}

/** What several processes share counts once: the sum of their proportional parts. */
function memoryMib(kernel: RealKernel): number {
  return kernel.processes().reduce((sum, pid) => {
    try {
      const [, kib = '0'] = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m) ?? [];
      return sum + Number(kib) / KIB_A_MIB;
    } catch {
      return sum; // it has ended
    }
  }, 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

void main();
