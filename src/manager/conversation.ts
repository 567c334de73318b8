// Everything that a program and the server of a manager say to each other. With each message goes one value:
// arguments, a result, an error. What is no copy in it is a proxy.

export type Request =
  /** Value: the arguments. The answer's value is a proxy. */
  | { type: 'create'; call: number; typeid: string }
  /** Value: the arguments. `task` says which task of the caller asks, for the owner of an RLock. */
  | { type: 'call'; call: number; object: number; method: string; task: number }
  /** The answer's value is a copy of the object, or its picture. */
  | { type: 'look'; call: number; object: number; as: 'copy' | 'picture' }
  /** The answer's value is the number of objects that have a proxy. */
  | { type: 'count'; call: number }
  /** The client has given that call up. It is answered all the same. */
  | { type: 'cancel'; call: number }
  /** The server ends, without an answer. Not through a socket: it belongs to the program that started it. */
  | { type: 'shutdown' };

/** Exactly one for each `call`. */
export type Reply = { type: 'returned'; call: number } | { type: 'threw'; call: number };

// Through a socket they also say what shared memory shows by itself.

/** The first message of each side, when both have shown the key. */
export interface Introduction {
  name: string;
  pid: number;
}

/** Stands in the place of an object in a value. The client need only tell which it is. */
export interface Ticket {
  object: number;
  typeid: string;
  exposed: readonly string[];
}

/** The client has no proxy of that object any more: it had been given so many tickets of it until then. */
export interface Dropped {
  type: 'drop';
  object: number;
  tickets: number;
}
