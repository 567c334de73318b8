// Sends the signals, from a thread that has nothing of the library: the main thread may have to wait for a process that is
// stopped here. If the main thread itself stands still for too long, it says so and ends the program.
import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Random } from './random';

export type ToTormentor =
  | { type: 'watch'; pid: number; name: string }
  | { type: 'forget'; pid: number }
  | { type: 'begin' }
  | { type: 'rest' };
export interface TormentorData {
  seed: number;
  /** Counts up while the event loop of the main thread turns. */
  beat: Int32Array;
}

const STILL_MS = 60_000;
const port = parentPort!;
const { seed, beat } = workerData as TormentorData;
const random = new Random(seed);

interface Victim {
  name: string;
  born: string | undefined;
  isStopped: boolean;
}
const victims = new Map<number, Victim>();
let isAtWork = false;

port.on('message', (message: ToTormentor) => {
  switch (message.type) {
    case 'watch':
      victims.set(message.pid, { name: message.name, born: bornAt(message.pid), isStopped: false });
      break;
    case 'forget':
      victims.delete(message.pid);
      break;
    case 'begin':
      isAtWork = true;
      break;
    case 'rest':
      isAtWork = false;
      for (const [pid, victim] of victims) if (victim.isStopped) resume(pid, victim);
      port.postMessage('rests');
      break;
    default:
      message satisfies never;
  }
});

async function torment(): Promise<never> {
  for (;;) {
    await sleep(2 + random.below(30));
    if (!isAtWork || victims.size === 0) continue;
    const [pid, victim] = [...victims][random.below(victims.size)]!;
    if (random.chance(0.25)) send(pid, victim, random.chance(0.3) ? 'SIGTERM' : 'SIGKILL');
    else if (random.chance(0.2)) send(pid, victim, 'SIGINT');
    else if (!victim.isStopped) {
      victim.isStopped = true;
      send(pid, victim, 'SIGSTOP');
      void sleep(1 + random.below(150)).then(() => resume(pid, victim));
    }
  }
}

function resume(pid: number, victim: Victim): void {
  victim.isStopped = false;
  send(pid, victim, 'SIGCONT');
}

function send(pid: number, victim: Victim, signal: NodeJS.Signals): void {
  // The system may have given the number to somebody else by now.
  if (victim.born === undefined || bornAt(pid) !== victim.born) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended just now.
  }
}

/** The ticks of the machine at its start, which with its number tells it from every other. */
function bornAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20];
  } catch {
    return undefined;
  }
}

async function watchMainThread(): Promise<never> {
  let [seen, since] = [beat[0], Date.now()];
  for (;;) {
    await sleep(1000);
    if (beat[0] !== seen) [seen, since] = [beat[0], Date.now()];
    if (Date.now() - since < STILL_MS) continue;
    const living = [...victims].map(([pid, { name }]) => `${name} (pid ${pid})`).join(', ');
    writeSync(2, `chaos: the main thread has blocked for ${STILL_MS} ms. Alive: ${living || 'nobody'}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}

void torment();
void watchMainThread();
