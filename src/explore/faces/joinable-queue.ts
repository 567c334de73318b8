// JoinableQueue, as a program under control sees it.
import type { QueueJoinOptions, JoinableQueue as RealJoinableQueue } from '../../channel/joinable-queue';
import type { NameOption } from '../../objects/shared-object';
import { GAVE_UP, perform } from '../operations';
import type { Public } from './public';
import { Queue } from './queue';
import type { At } from './thing';
import { wait, waitingFor } from './waiting';

export class JoinableQueue<T = unknown>
  extends Queue<T>
  implements Public<RealJoinableQueue<T>, 'listen' | 'next'>
{
  constructor(maxsize = 0, made: NameOption | At = {}) {
    super(maxsize, made, 'joinable-queue');
  }

  taskDone(): void {
    this.do('taskDone');
  }

  async join(options: QueueJoinOptions = {}): Promise<boolean> {
    const waiting = waitingFor('JoinableQueue.join()', options);
    return (await wait('joined', this.thing, [], waiting)) !== GAVE_UP;
  }

  joinSync(options: Omit<QueueJoinOptions, 'signal'> = {}): boolean {
    const { timeoutMs } = waitingFor('', options);
    return perform('joined', this.thing, [], { timeoutMs }) !== GAVE_UP;
  }
}
