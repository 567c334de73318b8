// Logs what its argument says, from itself and from a child that knows nothing of it.
import { getLogger, logToStderr, Process } from 'parlab';

const level = process.argv[2];
if (level !== undefined) logToStderr(Number(level));

const child = new Process({
  target: () => {
    getLogger().info('some information');
    getLogger().warning('a warning');
    getLogger().log(35, 'between');
  },
});
child.start();
child.joinSync();
