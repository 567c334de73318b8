// Where inspected processes connect: a socket in a folder that only this user can enter. No port is opened.

import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Hello } from 'parlab/inspector/inspector-relay';
import { makeTemporaryFolder } from 'parlab/system/temporary-folder';
import { InspectorConnection } from './inspector-connection';

/** The system has room for 107 bytes of a socket's path. */
const MOST_BYTES = 107 - '/inspector'.length;

export class InspectorSocket {
  readonly path: string;
  readonly #directory: string;
  readonly #server: Server;
  readonly #connections = new Set<InspectorConnection>();

  private constructor(connected: (connection: InspectorConnection, hello: Hello) => void) {
    this.#directory = makeTemporaryFolder('parlab-debug-', MOST_BYTES);
    this.path = join(this.#directory, 'inspector');
    this.#server = createServer((socket) => {
      const connection = new InspectorConnection(socket, connected);
      this.#connections.add(connection);
      socket.once('close', () => this.#connections.delete(connection));
    });
  }

  static async open(
    connected: (connection: InspectorConnection, hello: Hello) => void,
  ): Promise<InspectorSocket> {
    const made = new InspectorSocket(connected);
    await new Promise<void>((resolve, reject) => {
      made.#server.once('error', reject);
      made.#server.listen(made.path, resolve);
    });
    return made;
  }

  close(): void {
    this.#server.close();
    for (const connection of this.#connections) connection.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
