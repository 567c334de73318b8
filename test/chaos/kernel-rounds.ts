// A real kernel whose processes get random signals: itself, its session, its compiler, its guard, the children and the programs of
// cells. Every cell ends, the next one runs, and nothing is left.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RealKernel, startRealKernel, untilNone } from '../support/kernel/real-kernel';
import type { Random } from './random';

const SIGNALS = ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGSTOP', 'SIGSEGV'] as const;

/** `sleep` with a number of its own, so that it is found again. */
const CELLS: ((sleepArgument: string) => string)[] = [
  (s) => `!sleep ${s}`,
  (s) => `!sh -c 'sleep ${s} & sleep ${s}; true'`,
  (s) => `import { execFileSync } from 'node:child_process'; execFileSync('sleep', ['${s}'])`,
  (s) => `import { spawn } from 'node:child_process'; spawn('sleep', ['${s}']); while (true) {}`,
  () => 'await new Promise(() => {})',
  () => "for (let n = 0; ; n++) console.log('x'.repeat(n % 100));",
  () =>
    "import { Process } from 'parlab'; const p = new Process({ target: () => { for (;;); } }); p.start(); await p.join();",
  () =>
    "import { Pool } from 'parlab'; await using pool = new Pool({ processes: 2 }); await pool.map((n: number) => n + 1, [1, 2, 3]);",
  () => "import { Queue } from 'parlab'; new Queue().getSync()",
  (s) => `const v${s.replace('.', '_')} = [${'1,'.repeat(5000)}]; v${s.replace('.', '_')}.length`,
];

/** A cell that still runs is interrupted. */
const PATIENCE_MS = 700;
/** What ends by itself when it is interrupted, on a machine that does much else. */
const HANG_MS = 60_000;
const GONE_MS = 10_000;

export interface KernelRounds {
  rounds: number;
  random: Random;
  tell(line: string): void;
}

export async function kernelRounds({ rounds, random, tell }: KernelRounds): Promise<void> {
  const silence = openSync('/dev/null', 'w');
  let kernel = await startRealKernel({}, silence);
  try {
    for (let round = 0; round < rounds; round++) {
      if (!(await play(kernel, round, random, tell))) {
        const left = await untilNone(kernel, GONE_MS);
        if (left.length > 0)
          throw new Error(`round ${round}: the kernel left ${left.map(commandLine).join('; ')}`);
        await kernel.stop();
        kernel = await startRealKernel({}, silence);
      }
    }
  } finally {
    await kernel.stop();
    closeSync(silence);
  }
  const left = await untilNone(kernel, GONE_MS);
  if (left.length > 0) throw new Error(`after a shutdown there is ${left.map(commandLine).join('; ')}`);
}

/** False if the kernel itself was hit and ends. */
async function play(
  kernel: RealKernel,
  round: number,
  random: Random,
  tell: (line: string) => void,
): Promise<boolean> {
  const sleeping = `77.${round}`;
  const code = random.pick(CELLS)(sleeping);
  const cell = kernel.client.execute(code);
  await sleep(random.below(400));
  const victim = random.pick(kernel.processes());
  const signal = random.pick(SIGNALS);
  const what = `round ${round}: ${signal} to ${commandLine(victim)} during ${code.slice(0, 60)}`;
  tell(what);
  send(victim, signal);
  if (victim === kernel.process.pid) {
    if (signal === 'SIGSTOP') await sleep(200).then(() => send(victim, 'SIGCONT'));
    else if (signal !== 'SIGINT') return false;
  }
  const reply = await ended(kernel, cell, what, PATIENCE_MS);
  if (signal === 'SIGSTOP') send(victim, 'SIGCONT');
  const deadline = Date.now() + GONE_MS;
  const left = () => kernel.processes().filter((pid) => commandLine(pid) === `sleep ${sleeping}`);
  while (left().length > 0 && Date.now() < deadline) {
    await sleep(20);
    // What a cell has left that has ended by itself.
    if (Date.now() > deadline - GONE_MS / 2) await kernel.client.interrupt().done();
  }
  if (left().length > 0) throw new Error(`${what}: sleep is left, though the cell ended with ${reply}`);
  const next = kernel.client.execute('40 + 2');
  await ended(kernel, next, `${what}, the cell behind it`, 5 * PATIENCE_MS);
  const last = next.result === '42' ? next : kernel.client.execute('40 + 2');
  await ended(kernel, last, `${what}, the second cell behind it`, HANG_MS / 3);
  if (last.result !== '42') throw new Error(`${what}: 40 + 2 is ${JSON.stringify(last.published)}`);
  return true;
}

async function ended(
  kernel: RealKernel,
  cell: ReturnType<RealKernel['client']['execute']>,
  what: string,
  patienceMs: number,
): Promise<string> {
  let reply: string | undefined;
  const interrupts: Promise<unknown>[] = [];
  void cell.done().then(
    (content) => {
      reply = JSON.stringify(content).slice(0, 200);
    },
    () => {},
  );
  const hang = Date.now() + HANG_MS;
  for (let looks = 1; reply === undefined; looks++) {
    if (Date.now() > hang) throw new Error(`${what}: it hangs`);
    await sleep(20);
    if (looks % (patienceMs / 20) === 0) interrupts.push(kernel.client.interrupt().done());
  }
  // One that is still on its way would be meant for the next cell.
  await Promise.all(interrupts);
  return reply;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 120);
  } catch {
    return 'a process that has ended';
  }
}
