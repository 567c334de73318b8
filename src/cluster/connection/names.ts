// What of a room lies in the broker, by its name: everything that is said goes by one of these subjects.
import { createHash } from 'node:crypto';

export type Names = ReturnType<typeof namesOf>;

export function namesOf(room: string) {
  const under = `pl.${room}`;
  return {
    /**
     * Where the answers to a connection's questions come: a room of its own, so that others cannot listen.
     */
    inboxes: `_INBOX.${room}`,
    /** What a process is told about its locks. */
    process: (id: string) => `${under}.process.${id}`,
    /** One message for each lock, event, barrier…: the last that was written. */
    states: `PL_${room}_states`,
    allStates: `${under}.state.>`,
    state: (kind: string, name: string) => `${under}.state.${kind}.${name}`,
    /** All queues of one size: 0 for those without a bound. */
    queues: (maxsize: number) => `PL_${room}_queues_${maxsize}`,
    allQueues: (maxsize: number) => `${under}.queue.${maxsize}.>`,
    queue: (maxsize: number, name: string) => `${under}.queue.${maxsize}.${name}`,
    /** Said when there is room in a queue again, or when its last item is done. */
    queueNews: (name: string) => `${under}.news.${name}`,
    /** The chunks that wait for a host. */
    workStream: `PL_${room}_work`,
    allWork: `${under}.work.>`,
    work: (pool: string, work: number | '>') => `${under}.work.${pool}.${work}`,
    /** What hosts say to a pool. */
    answer: (pool: string) => `${under}.pool.${pool}.answer`,
    began: (pool: string) => `${under}.pool.${pool}.began`,
    output: (pool: string) => `${under}.pool.${pool}.output`,
    program: (pool: string) => `${under}.pool.${pool}.program`,
    /** What pools say to all hosts. */
    stop: (pool: string) => `${under}.stop.${pool}`,
    /** Who is there. */
    hosts: `PL_${room}_hosts`,
    /** What is larger than a message. */
    blobs: `PL_${room}_blobs`,
  };
}

const PLAIN = /^[A-Za-z0-9_-]{1,48}$/;

/** A name as a part of a subject. Two names give two parts. */
export function partOf(name: string): string {
  if (PLAIN.test(name) && !name.startsWith('_')) return name;
  return `_${createHash('sha256').update(name).digest('base64url')}`;
}
