// What the process of a manager's server runs, until it is told to end or the manager's process does.
import type { Queue } from '../channel/queue';
import { assumeIdentity, myIdentity } from '../identity/identity';
import { ownerTag } from '../memory/slots';
import type { Address } from '../socket/address';
import type { Knock } from './memory-door';
import { Serving, type ServingOptions } from './serving';

export interface ServerStart extends Omit<ServingOptions, 'onShutdown' | 'knocks'> {
  knocks: Queue<Knock>;
  reports: Queue<Report>;
  initializer: (...args: unknown[]) => unknown;
  initargs: unknown[];
}

export type Report =
  | { type: 'ready'; tag: number; address: Address | undefined }
  | { type: 'failed'; error: unknown };

export async function runServer({ reports, initializer, initargs, ...options }: ServerStart): Promise<void> {
  // Ctrl+C at a terminal reaches it too; it ends with its manager.
  process.on('SIGINT', () => {});
  // It may have children, for a Pool: they end with it.
  assumeIdentity({ ...myIdentity(), daemon: false });
  let serving: Serving;
  try {
    await initializer(...initargs);
    serving = await Serving.open({ ...options, onShutdown: () => process.exit(0) });
  } catch (error) {
    reports.putSync({ type: 'failed', error });
    return;
  }
  serving.begin();
  reports.putSync({ type: 'ready', tag: ownerTag(), address: serving.address });
}
