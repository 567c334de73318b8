// The barriers of a room.
import { hostname } from 'node:os';
import { BrokenBarrierError } from '../../errors';
import { type Desk, GAVE_UP, type Operations, type Question } from '../line/service';
import { TIMED_OUT } from './cells/cell';
import { Cells } from './cells/many';
import { inboxOf } from './inbox';
import { Living } from './living';
import {
  type Arrival,
  type BarrierState,
  breakUp,
  come,
  endOf,
  looksAfter,
  PASSED,
  reset,
  wholeBarrier,
} from './machines/barrier';
import { newWait } from './new-wait';

interface BarrierName {
  readonly name: string;
}

const ME = `a process on ${hostname()} (pid ${process.pid})`;

export function openBarriers(desk: Desk) {
  const cells = new Cells<BarrierState>(desk, 'barrier');
  const living = new Living(desk);
  const inbox = inboxOf(desk);
  const cell = ({ name }: BarrierName) => cells.named(name, wholeBarrier);
  const breakIt = (which: BarrierName, generation: number | undefined, reason: string) =>
    cell(which).change((state) => {
      const broken = breakUp(state, generation, reason);
      return broken === state ? { result: null } : { state: broken, result: null };
    });

  const arrive = (which: BarrierName, parties: number, stop: AbortSignal) => {
    const wait = newWait(desk);
    return cell(which).change<Arrival | string>((state) => {
      const came = come(state, wait, parties);
      if (typeof came === 'string') return { result: came };
      return came.state === state ? { result: came.arrival } : { state: came.state, result: came.arrival };
    }, stop);
  };

  return {
    wait: async (
      args: BarrierName & { parties: number; timeoutMs: number | undefined },
      { stop }: Question,
    ) => {
      await inbox.open();
      const barrier = cell(args);
      const arrival = await arrive(args, args.parties, stop);
      if (arrival === undefined) return GAVE_UP;
      if (typeof arrival === 'string') throw new BrokenBarrierError(arrival);
      const { generation, place } = arrival;
      const bringOutTheDead = async () => {
        const state = await barrier.read(stop);
        if (state?.generation !== generation) return;
        const [dead] = await living.dead(looksAfter(state, place));
        if (dead !== undefined)
          await breakIt(args, generation, 'a process that waited there died, or is cut off');
      };
      const { timeoutMs } = args;
      const how = await barrier.until(
        (state: BarrierState) => endOf(state, generation),
        { stop, timeoutMs },
        bringOutTheDead,
      );
      if (how === PASSED) return place;
      if (how === GAVE_UP) {
        void breakIt(args, generation, `${ME} gave its wait up`).catch(() => {});
        return GAVE_UP;
      }
      if (how !== TIMED_OUT) throw new BrokenBarrierError(how);
      const reason = `${ME} waited as long as its timeout allowed, and not everybody had come`;
      await breakIt(args, generation, reason);
      const end = endOf((await barrier.read()) ?? wholeBarrier(), generation);
      if (end === PASSED) return place;
      throw new BrokenBarrierError(end ?? reason);
    },
    abort: (which: BarrierName) => breakIt(which, undefined, `${ME} called abort()`),
    reset: async (which: BarrierName) => {
      await cell(which).change((state) => ({
        state: reset(state, `${ME} called reset() while others waited`),
        result: null,
      }));
    },
    look: async (which: BarrierName) => {
      const { come: all, broken } = (await cell(which).read()) ?? wholeBarrier();
      return { nWaiting: all.length, isBroken: broken !== undefined };
    },
  } satisfies Operations;
}
