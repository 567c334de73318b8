// Two children, each with a lock that the other one wants.
import { Barrier, Lock, Process } from 'parlab';

const locks = [new Lock({ name: 'salt' }), new Lock({ name: 'pepper' })] as const;
const both = new Barrier(2);

async function season(seat: 0 | 1): Promise<void> {
  await locks[seat].with(async () => {
    await both.wait();
    await locks[seat === 0 ? 1 : 0].with(() => console.log('seasoned'));
  });
}

for (const seat of [0, 1] as const) new Process({ target: season, args: [seat] }).start();
