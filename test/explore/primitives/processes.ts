// Programs about processes themselves: their ends, their families, subclasses.
import {
  activeChildren,
  currentProcess,
  DaemonChildError,
  getContext,
  getStartMethod,
  Process,
  parentProcess,
  Queue,
  RawValue,
} from '../../../src';
import { pause, together } from './run-together';

type Program = () => unknown;

class Greeter extends Process {
  to = 'nobody';
  override run() {
    console.log(`Hello ${this.to}, I am ${this.name.replace(/\d+/, 'N')}`);
  }
}

class Counted extends Process<[number]> {
  override run() {
    console.log('before');
    super.run();
  }
}

export const processes: Record<string, Program> = {
  'run() of a subclass': async () => {
    const greeter = new Greeter();
    greeter.to = 'Grace';
    const counted = new Counted({ target: (n: number) => console.log(n), args: [5], name: 'Ada' });
    greeter.start();
    await greeter.join();
    counted.start();
    await counted.join();
    return [greeter.exitcode, counted.exitcode];
  },
  'exit codes and names': async () => {
    const fail = () => {
      throw new Error('oh');
    };
    const wish = () => {
      process.exitCode = 4;
    };
    const children = [() => process.exit(3), fail, wish, pause].map((target) => new Process({ target }));
    const before = children.map((child) => [child.exitcode, child.pid, child.isAlive()]);
    for (const child of children) child.start();
    for (const child of children) await child.join();
    return [before, children.map(({ exitcode }) => exitcode)];
  },
  'a child that is terminated': async () => {
    const seen = new RawValue('int32', 0);
    const child = new Process({
      target: async () => {
        await pause();
        seen.value = 1;
      },
    });
    child.start();
    await pause();
    child.terminate();
    await child.join();
    return [child.exitcode, seen.value];
  },
  'a child that is joined only so long': async () => {
    const child = new Process({ target: pause });
    child.start();
    await child.join({ timeout: 2 });
    const alive = child.isAlive();
    child.joinSync();
    return [alive, child.isAlive(), activeChildren().length];
  },
  'a family of three': async () => {
    const told = new Queue<unknown>();
    const child = new Process({
      name: 'Ada',
      target: async () => {
        const grandchild = new Process({
          target: async () => {
            const { name, daemon } = currentProcess();
            await told.put([name.replace(/\d+/, 'N'), daemon, parentProcess()?.name]);
          },
        });
        grandchild.start();
        await grandchild.join();
        await told.put([currentProcess().name, parentProcess()?.name, activeChildren().length]);
      },
    });
    child.start();
    const all = [await told.get(), await told.get()];
    await child.join();
    return [all, parentProcess() === undefined, currentProcess().name];
  },
  'a daemon': async () => {
    const child = new Process({
      daemon: true,
      target: () => {
        try {
          new Process().start();
        } catch (error) {
          console.log(error instanceof DaemonChildError);
        }
      },
    });
    child.start();
    await child.join();
    return [child.daemon, child.exitcode];
  },
  'what is said too early, too often and too late': async () => {
    const child = new Process({ name: 'Ada' });
    const said: string[] = [];
    const say = async (what: () => unknown) => {
      try {
        await what();
      } catch (error) {
        said.push((error as Error).message);
      }
    };
    await say(() => child.join());
    child.start();
    await say(() => child.start());
    await child.join();
    child.close();
    await say(() => child.isAlive());
    await say(() => child.exitcode);
    return said;
  },
  'a Process object in another process': async () => {
    const ada = new Process({ name: 'Ada' });
    await together(() => {
      try {
        ada.start();
      } catch (error) {
        console.log(ada.name, (error as Error).message);
      }
    });
  },
  'the context of threads': async () => {
    const threads = getContext('thread');
    const queue = new threads.Queue<string>();
    const child = new threads.Process({ target: () => queue.putSync(currentProcess().name), name: 'Ada' });
    child.start();
    const got = await queue.get();
    await child.join();
    return [got, threads.getStartMethod(), getStartMethod()];
  },
};
