// One run of chaos: scenario after scenario, in both start methods, until the time is up. What it finds wrong it throws.
import { setTimeout as sleep } from 'node:timers/promises';
import type { StartMethodName } from '../../src/index';
import { type Holdings, holdings, isNoMore } from './leftovers';
import { Random } from './random';
import { type ScenarioName, scenarios } from './scenarios/index';
import { Stage, type StageOptions } from './stage';
import { Tormentor } from './tormentor';

export interface ChaosOptions {
  seconds: number;
  seed: number;
  methods: readonly StartMethodName[];
  names: readonly ScenarioName[];
  /** Told of each round. */
  tell(line: string): void;
}

export interface ChaosResult {
  rounds: number;
  deaths: number;
}

const LONGEST_ROUND_MS = 3000;
/** Nothing that the actors wait for takes so long, also on a busy machine. */
const HANG_MS = 60_000;

export async function chaos({ seconds, seed, methods, names, tell }: ChaosOptions): Promise<ChaosResult> {
  const end = Date.now() + seconds * 1000;
  // Half of the time goes into beginning and cleaning up; a short run is to see every scenario, too.
  const ms = Math.min(LONGEST_ROUND_MS, (seconds * 1000) / (2 * names.length * methods.length));
  const random = new Random(seed);
  const tormentor = new Tormentor(random);
  const result = { rounds: 0, deaths: 0 };
  try {
    const before = await holdings();
    while (Date.now() < end) {
      for (const name of names) {
        for (const method of methods) {
          if (Date.now() >= end && result.rounds > 0) break;
          const deaths = await play(name, {
            method,
            random: new Random(random.seed()),
            tormentor,
            ms,
          });
          result.rounds++;
          result.deaths += deaths;
          await nothingLeft(result.deaths, before);
          tell(`${name} by '${method}': ${deaths} deaths`);
        }
      }
    }
  } finally {
    await tormentor.end();
  }
  return result;
}

async function play(name: ScenarioName, options: StageOptions): Promise<number> {
  const stage = new Stage(options);
  const giveUp = new AbortController();
  const hang = sleep(options.ms + HANG_MS, 'hangs' as const, { signal: giveUp.signal }).catch(
    () => undefined,
  );
  try {
    const outcome = await Promise.race([scenarios[name](stage), hang]);
    if (outcome === 'hangs') stage.check(false, `it hangs; who waits for what:\n${stage.whoWaits()}`);
  } finally {
    giveUp.abort();
    await stage.clear();
  }
  if (stage.faults.length > 0) throw new Error(`${name} by '${stage.method}': ${stage.faults.join('; ')}`);
  return stage.deaths;
}

async function nothingLeft(deaths: number, before: Holdings): Promise<void> {
  const now = await holdings(before, deaths);
  if (!isNoMore(now, before, deaths)) {
    throw new Error(
      `left behind after ${deaths} deaths: ${JSON.stringify(now)}, before: ${JSON.stringify(before)}`,
    );
  }
}
