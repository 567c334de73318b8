// What the debugger works with: the compiler's answers, and how it reaches the session and the front end.

import type { AsyncCells } from '../../conversations/cells';

export interface DebuggerParts {
  cells: AsyncCells;
  /** Makes the session connect to the socket, and gives its pid. */
  inspect(socket: string): number | undefined;
  tell(event: string, body: object): void;
}
