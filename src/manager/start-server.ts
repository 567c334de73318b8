// Starts the process of a manager's server, and hears whether it serves.
import { Queue } from '../channel/queue';
import { wait } from '../channel/wait';
import { StartFailedError } from '../errors';
import type { StartMethodName } from '../identity/identity';
import { unseenAs } from '../objects/shared-object';
import { fromRemote } from '../pool/remote-error';
import { Process } from '../process/process';
import type { Address } from '../socket/address';
import type { Door, Knock } from './memory-door';
import { type Report, runServer, type ServerStart } from './server-process';

interface Started {
  readonly server: Process;
  /** Rejects when the server ends at once, or with what its initializer threw, as if `from` had thrown it. */
  readonly opening: Promise<{ door: Door; address: Address | undefined }>;
}

export function startServer(
  start: Omit<ServerStart, 'knocks' | 'reports'>,
  method: StartMethodName | undefined,
  from: (...args: never[]) => unknown,
): Started {
  const knocks = new Queue<Knock>(0, unseenAs('calls'));
  const reports = new Queue<Report>(0, unseenAs('the start of a server'));
  const server = new Process({
    target: runServer,
    args: [{ ...start, knocks, reports }],
    name: start.name,
    daemon: true,
    ...(method !== undefined && { method }),
  });
  server.start();
  const hear = async () => {
    await wait([reports, server]);
    const { name, pid = 0, exitcode } = server;
    if (reports.empty()) throw new StartFailedError(name, `it ended with exit code ${exitcode}`);
    const report = reports.getNowait();
    if (report.type === 'failed') {
      await server.join();
      const site: { stack?: string } = {};
      Error.captureStackTrace(site, from);
      throw fromRemote(report.error, { name, pid }, site);
    }
    return { door: { knocks, tag: report.tag }, address: report.address };
  };
  return { server: server as unknown as Process, opening: hear() };
}
