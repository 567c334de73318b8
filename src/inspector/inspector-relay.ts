// Carries messages of the Chrome DevTools Protocol between a debugger's socket and the inspector of the main
// thread. Runs in a thread of its own, so it answers while the main thread is stopped; passes messages on and
// understands none.
import { Session } from 'node:inspector';
import { createConnection, type Socket } from 'node:net';

/** The first line on the socket: who is at this end. */
export interface Hello {
  pid: number;
  name: string;
}

/** One JSON text a line, either way. `proceed`: the debugger has set itself up, the process may begin. */
export type ToInspector = { id: number; method: string; params?: object } | { proceed: true };
export type FromInspector =
  | Hello
  | { id: number; result: object }
  | { id: number; error: { message: string } }
  | { method: string; params?: object };

interface RelayEvents {
  proceed(): void;
  /** The debugger has gone, or was never there. */
  closed(): void;
}

export class InspectorRelay {
  readonly #session = new Session();
  readonly #socket: Socket;
  #rest = '';

  constructor(socketPath: string, hello: Hello, on: RelayEvents) {
    this.#session.connectToMainThread();
    this.#session.on('inspectorNotification', (message: object) => this.#send(message as FromInspector));
    this.#socket = createConnection(socketPath, () => this.#send(hello));
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => this.#take(text, on));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.#session.disconnect();
      on.closed();
    });
  }

  /** From then on the main thread runs unobserved, also if it was stopped. */
  close(): void {
    this.#session.disconnect();
    this.#socket.destroy();
  }

  #take(text: string, on: RelayEvents): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as ToInspector;
      if ('proceed' in message) on.proceed();
      else this.#post(message);
    }
  }

  #post({ id, method, params }: Extract<ToInspector, { id: number }>): void {
    this.#session.post(method, params, (error, result) => {
      this.#send(
        error ? { id, error: { message: error.message } } : { id, result: (result ?? {}) as object },
      );
    });
  }

  #send(message: FromInspector): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`);
  }
}
