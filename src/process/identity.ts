// Who this process is within its program: its name, its place in the family, and how to make the names of its children.

export interface Identity {
  name: string;
  /** Process-2:1 is the first child of the program's second: [2, 1]. The main process is []. */
  path: readonly number[];
  daemon: boolean;
  parent?: { name: string; pid: number; slot: number };
  /** The file from whose place a child looks modules up; the main process finds it out. */
  moduleHome?: string;
}

let identity: Identity = { name: 'MainProcess', path: [], daemon: false };
let childrenMade = 0;

export function myIdentity(): Identity {
  return identity;
}

/** A child learns who it is from its task. */
export function assumeIdentity(given: Identity): void {
  identity = given;
}

/** Every Process object counts, started or not, as in Python. */
export function nextChildPath(): readonly number[] {
  return [...identity.path, ++childrenMade];
}

export function defaultName(path: readonly number[]): string {
  return `Process-${path.join(':')}`;
}
