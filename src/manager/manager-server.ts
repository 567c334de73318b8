// What getServer() resolves to: the server of a manager in this very process.
import { once } from 'node:events';
import { WaitAbortedError } from '../errors';
import { type Address, showAddress } from '../socket/address';
import { also, showAs } from '../system/show-as';
import { signalsOf } from '../waiting/wake';
import { Serving, type ServingOptions } from './serving';

/**
 * Serves a manager's objects from this process: getServer() makes it. It listens already, and serves from
 * serveForever() on. Python's Server of `get_server()`.
 */
export class ManagerServer implements Disposable {
  readonly #serving: Serving;
  readonly #stopping = new AbortController();
  #isServing = false;

  /** getServer() calls it. */
  static async open(options: Omit<ServingOptions, 'onShutdown'>): Promise<ManagerServer> {
    return new ManagerServer(await Serving.open({ ...options, onShutdown() {} }));
  }

  private constructor(serving: Serving) {
    this.#serving = serving;
  }

  /** The address at which it listens, with the port that the system chose. */
  get address(): Address {
    return this.#serving.address as Address;
  }

  /**
   * Serves in this process, and resolves after stop().
   * @throws WaitAbortedError when `signal` is aborted, which stops the server, too.
   */
  async serveForever({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    if (!this.#isServing && !this.#stopping.signal.aborted) this.#serving.begin();
    this.#isServing = true;
    const signals = signalsOf({ signal });
    const aborted = () => this.stop();
    for (const each of signals) {
      each.addEventListener('abort', aborted);
      if (each.aborted) aborted();
    }
    const { signal: stopped } = this.#stopping;
    if (!stopped.aborted) await once(stopped, 'abort');
    for (const each of signals) each.removeEventListener('abort', aborted);
    const given = signals.find((each) => each.aborted);
    if (given !== undefined) throw new WaitAbortedError('ManagerServer.serveForever()', given.reason);
  }

  /**
   * Stops serving: the address is free again, calls of connected programs throw a ManagerEndedError, and the
   * objects are released.
   */
  stop(): void {
    this.#serving.end();
    this.#stopping.abort();
  }

  /** stop(). */
  [Symbol.dispose](): void {
    this.stop();
  }

  static {
    showAs(ManagerServer.prototype, (server: ManagerServer) => {
      const stopped = also(server.#stopping.signal.aborted, 'stopped');
      return `<ManagerServer at ${showAddress(server.address)}${stopped}>`;
    });
  }
}
