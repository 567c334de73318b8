// What a room cannot have, with the sentence why.
import { RoomError } from '../errors';

/** Cannot be made in a room. */
type NotInRoom = new (...args: never[]) => never;

const MEMORY = 'it is a piece of the memory of one computer';
const PASS = 'Give the data to the function as an argument, or let all read one file';

/** By name: why not, and what to write instead. */
const REASONS = {
  Array: [MEMORY, PASS],
  Condition: [
    'its notifications are words in the memory of one computer',
    'Use an Event, a Semaphore or a Queue',
  ],
  Pipe: ['its two ends are in the memory of one computer', 'Use a Queue for each direction'],
  RawArray: [MEMORY, PASS],
  RawValue: [MEMORY, 'Use a Value, whose update() changes it in one piece'],
  ShareableList: [MEMORY, PASS],
  SharedArray: [MEMORY, PASS],
  SharedMemory: [MEMORY, PASS],
  SimpleQueue: ['it is made for the memory of one computer', 'Use a Queue'],
} as const satisfies { readonly [name: string]: readonly [why: string, instead: string] };

export function notInRoom(name: keyof typeof REASONS): NotInRoom {
  // Callable as well: a Pipe is made without `new`.
  return function refused(): never {
    const [why, instead] = REASONS[name];
    throw new RoomError(
      `A room of several hosts has no ${name}: ${why}. ${instead}; or make it by getContext(), for the processes of this computer.`,
    );
  } as unknown as NotInRoom;
}
