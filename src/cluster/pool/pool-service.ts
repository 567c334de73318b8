// The pools of a program in the thread of its line.
import { RoomError } from '../../errors';
import { told } from '../connection/refusals';
import type { Desk, Operations } from '../line/service';
import type { PoolWords } from './desk-conversation';
import { PoolDesk } from './pool-desk';

export function openPools(desk: Desk): Operations {
  const open = new Map<string, PoolDesk>();
  desk.whenReconnected(() => {
    for (const pool of open.values()) void pool.reconnected();
  });
  const of = (pool: string) => open.get(pool);
  return {
    open: async ({ pool }: PoolWords['open']) => {
      // At once, for what is said next.
      const made = new PoolDesk(desk, pool);
      open.set(pool, made);
      try {
        await made.open(await desk.broker());
      } catch (reason) {
        open.delete(pool);
        const error = told(reason, desk.place);
        throw error instanceof RoomError
          ? error
          : new RoomError(`The pool cannot use the room: ${String(error)}`);
      }
    },
    learn: (words: PoolWords['learn']) => of(words.pool)?.programs.learn(words),
    unlearn: (words: PoolWords['unlearn']) => of(words.pool)?.programs.unlearn(words),
    pack: (words: PoolWords['pack']) => of(words.pool)?.programs.pack(words),
    give: (words: PoolWords['give']) => of(words.pool)?.give(words),
    drop: (words: PoolWords['drop']) => of(words.pool)?.drop(words),
    recall: (words: PoolWords['recall']) => of(words.pool)?.recall(words),
    leave: async ({ pool }: PoolWords['leave']) => {
      const left = open.get(pool);
      open.delete(pool);
      await left?.leave();
    },
  };
}
