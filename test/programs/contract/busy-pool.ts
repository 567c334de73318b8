// Says the pid of its pool's worker, which then loops for ever.
import { Pool, Queue } from 'parlab';

const pids = new Queue<number>();
const pool = new Pool({ processes: 1 });
pool.applyAsync(() => {
  pids.putSync(process.pid);
  for (;;);
});
pids.get().then((pid) => {
  console.log(pid);
  setInterval(() => {}, 1000);
});
