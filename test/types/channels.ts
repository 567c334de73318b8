// What must, and what must not, compile around queues and connections.
import { type Connection, JoinableQueue, Pipe, Queue, SimpleQueue } from '../../src/index';
import { is } from './expect';

interface Job {
  id: number;
}

export async function queues(): Promise<void> {
  const queue = new Queue<Job>(3);
  await queue.put({ id: 1 });
  is<Job>()(await queue.get({ timeout: 10 }));
  is<Job>()(queue.getSync());
  is<Job>()(queue.getNowait());
  for await (const job of queue) is<number>()(job.id);
  is<string>()(await new JoinableQueue<string>().get());
  is<string>()(await new SimpleQueue<string>().get());
  is<unknown>()(await new Queue().get());
  // @ts-expect-error TS2345: no Job
  await queue.put('job');
  // @ts-expect-error TS2322: no Job
  queue.putSync({ id: 'one' });
  // @ts-expect-error TS2345: a size, and no options
  new Queue({ maxsize: 3 });
}

export async function connections(): Promise<void> {
  const [asks, answers] = Pipe<string, number>();
  await asks.send('how many?');
  is<number>()(await asks.recv());
  is<string>()(await answers.recv());
  answers.sendSync(3);
  is<Connection<string, number>>()(asks);
  // @ts-expect-error TS2345: asks with words
  await asks.send(3);
  // @ts-expect-error TS2345: answers with numbers
  await answers.send('three');
  // @ts-expect-error TS2345: duplex, and no options
  Pipe({ duplex: false });
}
