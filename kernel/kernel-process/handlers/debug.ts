// Answers debug_request, whose content is a request of the Debug Adapter Protocol, and publishes the events
// of that protocol.

import type { CellProgram } from '../../conversations/cell-program';
import type { AsyncCells } from '../../conversations/cells';
import type { Debugger } from '../debugger/debugger';
import type { DebugCommand } from '../debugger/requests';
import type { Publisher } from '../output/publisher';
import type { Ask, Reply } from '../protocol/messages';
import type { Dictionary } from '../protocol/shape';
import type { Header, Message } from '../protocol/wire';

export class DebugAdapter {
  readonly #publisher: Publisher;
  readonly #cells: AsyncCells;
  readonly #inspect: (socket: string) => number | undefined;
  #debugger: Debugger | undefined;
  #seq = 0;
  /** Events belong to no request; front ends see them as of the client that debugs. */
  #newest: Header | undefined;

  constructor(publisher: Publisher, cells: AsyncCells, inspect: (socket: string) => number | undefined) {
    this.#publisher = publisher;
    this.#cells = cells;
    this.#inspect = inspect;
  }

  async answer(ask: Ask<'debug_request'>, { header }: Message): Promise<Reply<'debug_request'>> {
    const { command, seq, arguments: given } = ask;
    this.#newest = header;
    const response = { type: 'response', request_seq: seq, command } as const;
    const { handlers } = this.#loaded();
    try {
      if (!Object.hasOwn(handlers, command)) throw new Error(`This debugger knows no request ${command}.`);
      const handle = handlers[command as DebugCommand] as (given: unknown) => Promise<object | undefined>;
      const body = (await handle(given ?? {})) as Dictionary | undefined;
      return { ...response, seq: ++this.#seq, success: true, body: body ?? {} };
    } catch (error) {
      const { message } = error as Error;
      return { ...response, seq: ++this.#seq, success: false, message, body: {} };
    }
  }

  async beforeCell(program: CellProgram): Promise<void> {
    await this.#debugger?.beforeCell(program);
  }

  get isSessionStopped(): boolean {
    return this.#debugger?.isSessionStopped ?? false;
  }

  /** Ends the cell that is stopped, where it stands. */
  async endStopped(): Promise<void> {
    await this.#debugger?.endStopped();
  }

  sessionEnded(): void {
    this.#debugger?.sessionEnded();
  }

  async close(): Promise<void> {
    await this.#debugger?.close();
  }

  /** Loads the debugger with the first request, so that a kernel that is not debugged starts without it. */
  #loaded(): Debugger {
    if (!this.#debugger) {
      const { Debugger: Loaded } = require('../debugger/debugger') as typeof import('../debugger/debugger');
      this.#debugger = new Loaded({
        cells: this.#cells,
        inspect: this.#inspect,
        tell: (event, body) =>
          this.#publisher.publish(this.#newest, 'debug_event', {
            type: 'event',
            seq: ++this.#seq,
            event,
            body: body as Dictionary,
          }),
      });
    }
    return this.#debugger;
  }
}
