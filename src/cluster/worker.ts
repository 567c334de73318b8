/**
 * What `parlab worker` runs: a computer joins a room, until it is told to leave.
 *
 * @module parlab/cluster/worker
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cpuCount } from '../process/cpu-count';
import { placeOf } from './address';
import { joinRoom } from './agent/agent';

/** Of whom the options of the command are. */
export interface WorkerOptions {
  /** `nats://host:4222/room1`. */
  join: string;
  /** How many items run at once. Default: cpuCount(). */
  slots?: number;
  /** Of this computer, for errors and `pool.stats`. Default: what the system calls it. */
  name?: string;
  /** The folder in which packages are looked up. Default: the current one. */
  home?: string;
  log(line: string): void;
}

/** A computer that has joined a room. */
interface JoinedRoom {
  /** Finishes what is in hand; what takes longer than `graceMs` goes to another host. */
  leave(graceMs?: number): Promise<void>;
}

export async function joinAsWorker({
  join: url,
  slots = cpuCount(),
  name = hostname(),
  home = process.cwd(),
  log,
}: WorkerOptions): Promise<JoinedRoom> {
  const place = placeOf(url);
  const agent = await joinRoom({ place, slots, name, home: join(home, '[program]'), log });
  log(`${name} has joined ${place.url} with ${slots} ${slots === 1 ? 'slot' : 'slots'}.`);
  return agent;
}
