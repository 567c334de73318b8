// A pipe, as a value: a lane of items each way, and who has which end.
import type { Operation } from '../operations';
import { type Around, failed, isGone, type Rules } from './rule';

type Lanes = readonly [readonly string[], readonly string[]];
type Holders = readonly [readonly string[], readonly string[]];
/** `flying`: how many times each end is in a message that was not received yet. */
type Pipe = readonly [lanes: Lanes, holders: Holders, flying: readonly [number, number]];
type Side = 0 | 1;

const MOST_MESSAGES = 1024;
const other = (side: Side): Side => (side === 0 ? 1 : 0);

export function pipeBetween(lanes: Lanes, holders: Holders): Pipe {
  return [lanes, holders, [0, 0]];
}

export const pipe: Rules = {
  send: (value: Pipe, operation, around) => {
    const [side, item, method] = operation.args as [Side, string, string];
    if (!isOpen(value, other(side), operation, around)) return { result: failed('BrokenPipeError', method) };
    const [lanes, holders, flying] = value;
    if (lanes[side].length >= MOST_MESSAGES) return undefined;
    return { value: [withSide(lanes, side, [...lanes[side], item]), holders, flying], result: true };
  },
  recv: (value: Pipe, operation, around) => {
    const [side, method, isBlocking] = operation.args as [Side, string, boolean];
    const [lanes, holders, flying] = value;
    const from = other(side);
    const [item, ...left] = lanes[from];
    if (item !== undefined) return { value: [withSide(lanes, from, left), holders, flying], result: item };
    // A process that blocks cannot send at its own other end.
    const except = isBlocking ? around.me : undefined;
    if (isOpen(value, from, operation, around, except)) return undefined;
    return { result: failed('EndOfFileError', method) };
  },
  ready: (value: Pipe, operation, around) =>
    isReady(value, operation.args[0] as Side, operation, around) ? { result: true } : undefined,
  close: ([lanes, holders, flying]: Pipe, { args: [side] }, { me }) => ({
    value: [
      lanes,
      withSide(
        holders,
        side as Side,
        holders[side as Side].filter((path) => path !== me),
      ),
      flying,
    ],
  }),
  hold: ([lanes, holders, flying]: Pipe, { args: [side, path] }) => {
    const now = [...new Set([...holders[side as Side], String(path)])].sort();
    return { value: [lanes, withSide(holders, side as Side, now), flying] };
  },
  lend: ([lanes, holders, flying]: Pipe, { args: [side, by] }) => ({
    value: [lanes, holders, withSide(flying, side as Side, flying[side as Side] + Number(by))],
  }),
};

export function isReady(value: Pipe, side: Side, operation: Operation, around: Around): boolean {
  return value[0][other(side)].length > 0 || !isOpen(value, other(side), operation, around);
}

function isOpen(
  [, holders, flying]: Pipe,
  side: Side,
  operation: Operation,
  around: Around,
  except?: string,
): boolean {
  const has = (path: string) => path !== except && (path === around.me || !isGone(path, operation, around));
  return flying[side] > 0 || holders[side].some(has);
}

function withSide<T>(both: readonly [T, T], side: Side, value: T): readonly [T, T] {
  return side === 0 ? [value, both[1]] : [both[0], value];
}
