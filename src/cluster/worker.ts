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

/** How this computer joins a room: what the options of the command say. */
export interface WorkerOptions {
  /** The address of the room: `nats://host:4222/room1`. */
  join: string;
  /** How many items run at once. Default: cpuCount(). */
  slots?: number;
  /** What errors and `pool.stats` call this computer. Default: what the system calls it. */
  name?: string;
  /** The folder in which packages are looked up. Default: the current one. */
  home?: string;
  /** Is called with each line that tells what happens. */
  log(line: string): void;
}

/** A computer that has joined a room. */
interface JoinedRoom {
  /** Finishes what is in hand; what takes longer than `graceMs` milliseconds goes to another host. */
  leave(graceMs?: number): Promise<void>;
}

/**
 * Joins a room as one of its hosts, and resolves when this computer takes work.
 *
 * @throws InvalidArgumentError for what is no address; RoomError if the broker cannot be used.
 */
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
