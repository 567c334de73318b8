// The beginning of a kernel: its compiler is begun before anything else is loaded, for the first cell waits
// for it longest.

import { join } from 'node:path';
import { loadTogether } from 'parlab/system/load-together';

const FOLDER = join(__dirname, '..');
loadTogether(module, FOLDER);

import { RemoteCells } from './compiler/remote-cells';
import { Guard } from './guard';
import { Leaving } from './leaving';
import { Log, redirectTo } from './log';

export async function beginKernel(connectionFile: string): Promise<void> {
  const log = new Log();
  redirectTo(log);
  // A fault in here must not cost the student her variables: they live in the session, which goes on.
  process.on('uncaughtException', log.fault).on('unhandledRejection', log.fault);
  const leaving = new Leaving();
  const guard = new Guard();
  const cells = new RemoteCells({ directory: process.cwd(), log: log.write, guard: guard.watch });
  leaving.atLast(() => cells.kill());
  cells.prepare();
  try {
    loadTogether(module, FOLDER, ['./kernel']);
    const { runKernel } = require('./kernel') as typeof import('./kernel');
    await runKernel(connectionFile, { cells, log: log.write, leaving, guard: guard.watch });
  } finally {
    await cells.close();
    guard.close();
    leaving.done();
  }
}
