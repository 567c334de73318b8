// What the process of a manager's server runs, until it is told to end or the manager's process does.
import { setInterval } from 'node:timers';
import type { Queue } from '../channel/queue';
import { currentTag } from '../memory/slots';
import { assumeIdentity, myIdentity } from '../process/identity';
import { Client } from './caller';
import type { Reply, Request } from './conversation';
import type { Types } from './managed-type';
import { MemoryChannel } from './memory-channel';
import { type Knock, MemoryHolders, serveHere } from './memory-door';
import { Server } from './server';
import { standardTypes } from './standard-types';

export interface ServerStart {
  knocks: Queue<Knock>;
  reports: Queue<Report>;
  types: Types;
  initializer: (...args: unknown[]) => unknown;
  initargs: unknown[];
}

export type Report = { type: 'ready'; tag: number } | { type: 'failed'; error: unknown };

const SWEEP_MS = 100;

export async function runServer({
  knocks,
  reports,
  types,
  initializer,
  initargs,
}: ServerStart): Promise<void> {
  // Ctrl+C at a terminal reaches it too; it ends with its manager.
  process.on('SIGINT', () => {});
  // It may have children, for a Pool: they end with it.
  assumeIdentity({ ...myIdentity(), daemon: false });
  try {
    await initializer(...initargs);
  } catch (error) {
    reports.putSync({ type: 'failed', error });
    return;
  }
  const server = new Server({ ...standardTypes, ...types }, new MemoryHolders(knocks), () => process.exit(0));
  serveHere((id) => server.referents.get(id)?.object);
  setInterval(() => server.referents.sweep(), SWEEP_MS);
  const item = ({ requests, replies, name, pid, tag }: Knock) => {
    const channel = new MemoryChannel<Reply, Request>(replies, requests, tag);
    server.serve(channel, new Client(name, pid));
  };
  knocks.listen({ item, broken() {} });
  reports.putSync({ type: 'ready', tag: currentTag() });
}
