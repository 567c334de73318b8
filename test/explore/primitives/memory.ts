// Programs with shared memory: each used rightly, and in a way that has a race.
import { RawArray, RawValue, ShareableList, SharedArray, SharedMemory, Value } from '../../../src';
import { pause, together } from './run-together';

type Program = () => unknown;

export const memory: Record<string, Program> = {
  'RawValue, changed without a lock': async () => {
    const total = new RawValue('float64', 0.5);
    const add = async () => {
      const seen = total.value;
      await pause();
      total.value = seen + 1;
    };
    await together(add, add);
    return total.value;
  },
  'RawValue, of a large integer': async () => {
    const total = new RawValue('bigint64', 2n ** 62n);
    await together(() => {
      total.value += 1n;
    });
    return String(total.value);
  },
  'Value, changed under its lock': async () => {
    const total = new Value('int32', 0);
    const add = () =>
      total.with(async () => {
        const seen = total.value;
        await pause();
        total.value = seen + 1;
      });
    await together(add, add);
    return [total.value, total.getObj().value, total.getLock().locked()];
  },
  'Value, changed beside its lock': async () => {
    const total = new Value('i', 0);
    const add = async () => {
      const seen = total.value;
      await pause();
      total.acquireSync();
      total.value = seen + 1;
      total.release();
    };
    await together(add, add);
    return total.value;
  },
  'RawArray, with the methods of arrays': async () => {
    const cells = new RawArray('int32', [3, 1, 2]);
    await together(() => {
      cells.sort();
      cells.set([9], 2);
    });
    const half = cells.subarray(1);
    half[0] = 7.9;
    return [
      [...cells],
      cells.map((n) => n * 2).join(),
      cells.indexOf(9),
      [...cells.slice(-1)],
      cells.length,
      cells.byteLength,
      JSON.stringify(cells),
      cells.reduce((sum, n) => sum + n, 0),
      [...cells.toSorted()],
      String([...cells.entries()]),
    ];
  },
  'RawArray, that two write': async () => {
    const cells = new RawArray('uint8', 2);
    const write = (n: number) => async () => {
      await pause();
      cells.fill(n);
    };
    await together(write(1), write(2));
    return [...cells];
  },
  'SharedArray, guarded': async () => {
    const marks = new SharedArray('int32', [0, 0]);
    const mark = () =>
      marks.guard(async () => {
        const [first = 0] = marks;
        await pause();
        marks[0] = first + 1;
      });
    await together(mark, mark);
    return [[...marks], marks.getObj().length, marks.getLock().locked()];
  },
  'SharedArray, not guarded': async () => {
    const marks = new SharedArray('float32', 1);
    const mark = async () => {
      const [first = 0] = marks;
      await pause();
      marks[0] = first + 1.5;
    };
    await together(mark, mark);
    return marks[0];
  },
  'Atomics, on a shared array': async () => {
    const cells = new RawArray('int32', 2);
    const add = async () => {
      await pause();
      Atomics.add(cells, 0, 1);
      for (let seen = Atomics.load(cells, 1); ; seen = Atomics.load(cells, 1)) {
        if (Atomics.compareExchange(cells, 1, seen, seen + 2) === seen) break;
      }
    };
    await together(add, add);
    return [Atomics.load(cells, 0), Atomics.exchange(cells, 1, 5), cells[1], Atomics.or(cells, 0, 5)];
  },
  'SharedMemory, by its name': async () => {
    const memory = new SharedMemory({ create: true, size: 8, name: 'explored colours' });
    const write = (n: number) => async () => {
      const mine = new SharedMemory({ name: 'explored colours' });
      await pause();
      mine.buf[0] = n;
      mine.buf[n] = n;
      mine.close();
    };
    await together(write(1), write(2));
    const words = new Int32Array(memory.buf.buffer, memory.buf.byteOffset, 2);
    const result = [[...memory.buf], [...words], memory.size];
    memory.unlink();
    try {
      new SharedMemory({ name: 'explored colours' });
    } catch (error) {
      result.push((error as Error).message as never);
    }
    return result;
  },
  'ShareableList, changed by two': async () => {
    const list = new ShareableList(['Ada', 1815, true, null, 2n]);
    const change = (name: string) => async () => {
      await pause();
      const seen = list.get(1) as number;
      await pause();
      list.set(1, seen + 1);
      list.set(0, name);
    };
    await together(change('Bob'), change('Eve'));
    const shown = [...list].map(String);
    try {
      list.set(0, 'a name that is too long');
    } catch (error) {
      shown.push((error as Error).message);
    }
    return [shown, list.length, list.format, list.count(true), list.index(null)];
  },
};
