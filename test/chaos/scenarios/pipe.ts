// An echo at the other end of a pipe: messages come whole and in order, and the end of the other is seen.
import { BrokenPipeError, type Connection, EndOfFileError, Pipe, Process } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';
import { isWhole, type Message, makeMessage } from './messages';

async function echo(end: Connection<Message>): Promise<void> {
  for await (const message of end) {
    if (Math.random() < 0.5) end.sendSync(message);
    else await end.send(message);
  }
}

/** Has an echo of its own, which dies with it, or before it. */
async function talk(self: Actor, method: 'process' | 'thread'): Promise<void> {
  while (!self.isOver()) {
    const [mine, theirs] = Pipe<Message>();
    const child = new Process({ target: echo, args: [theirs], method });
    child.start();
    theirs.close();
    const rounds = 5 + self.random.below(100);
    let n = 0;
    try {
      for (; n < rounds && !self.isOver(); n++) {
        const message = makeMessage(self.row, n, self.random);
        self.says('sends');
        await mine.send(message);
        self.says('receives');
        const back = self.random.chance(0.5) ? mine.recvSync() : await mine.recv();
        if (back.n !== n || !isWhole(back))
          throw new Error(`Message ${n} came back as ${back.n} or is corrupt.`);
        if (self.random.chance(0.02)) child.kill();
      }
    } catch (error) {
      if (!(error instanceof EndOfFileError || error instanceof BrokenPipeError)) throw error;
    }
    mine.close();
    self.says('joins its echo');
    await child.join();
  }
}

export async function pipe(stage: Stage): Promise<void> {
  const talkers = stage.keep(2, 'talker', talk, stage.method);
  await stage.torment();
  await talkers.ended();
}
