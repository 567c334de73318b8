// One inspected process at the other end of a socket: questions and their answers, and what it tells by
// itself.

import type { Socket } from 'node:net';
import type { FromInspector, Hello, ToInspector } from 'parlab/inspector/inspector-relay';
import { DebuggerError } from './debugger-error';
import type { InspectorEvent, InspectorMethod, InspectorMethods } from './inspector-methods';

interface Waiting {
  resolve(result: object): void;
  reject(error: Error): void;
}

export class InspectorConnection {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #greeted: (connection: InspectorConnection, hello: Hello) => void;
  #rest = '';
  #posted = 0;
  onEvent: (event: InspectorEvent) => void = () => {};
  onClosed: () => void = () => {};

  /** `greeted` is called when the process has said who it is. */
  constructor(socket: Socket, greeted: (connection: InspectorConnection, hello: Hello) => void) {
    this.#socket = socket;
    this.#greeted = greeted;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#read(text));
    socket.on('error', () => {});
    socket.on('close', () => {
      const ended = new DebuggerError('The process has ended.');
      for (const { reject } of this.#waiting.values()) reject(ended);
      this.#waiting.clear();
      this.onClosed();
    });
  }

  post<M extends InspectorMethod>(
    method: M,
    params?: InspectorMethods[M]['takes'],
  ): Promise<InspectorMethods[M]['gives']> {
    if (!this.#socket.writable) return Promise.reject(new DebuggerError('The process has ended.'));
    const id = ++this.#posted;
    this.#write({ id, method, ...(params && { params }) });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
    });
  }

  /** Lets a process begin that waits for its debugger. */
  proceed(): void {
    this.#write({ proceed: true });
  }

  close(): void {
    this.#socket.destroy();
  }

  #write(message: ToInspector): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  #read(text: string): void {
    const lines = text.split('\n');
    lines[0] = this.#rest + lines[0];
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(JSON.parse(line) as FromInspector);
  }

  #take(message: FromInspector): void {
    if ('pid' in message) {
      this.#greeted(this, message);
    } else if ('method' in message) {
      this.onEvent(message as InspectorEvent);
    } else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ('result' in message) waiting?.resolve(message.result);
      else waiting?.reject(new DebuggerError(message.error.message));
    }
  }
}
