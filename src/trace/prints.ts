// What a process prints, for its trace.
import { isReplaced, onPrint } from '../host/standard-streams';
import { prints } from './points';

onPrint(prints);

let hasBegun = false;

/**
 * The streams of a main process without a host are Node's own. So they are only looked at from the first
 * trace on that it begins.
 */
export function beginPrints(): void {
  if (hasBegun) return;
  hasBegun = true;
  for (const stream of [process.stdout, process.stderr]) {
    if (isReplaced(stream)) continue;
    const { write } = stream;
    stream.write = function (this: NodeJS.WriteStream, ...args: unknown[]) {
      if (typeof args[0] === 'string') prints(args[0]);
      return Reflect.apply(write, this, args) as boolean;
    };
  }
}
