// SharedMemoryManager: takes the names away from all shared memory that was made through it, at the end of a
// block.
import { ManagerStateError, SharedMemoryNotFoundError } from '../errors';
import { type ShareableItem, ShareableList } from '../shared/shareable-list';
import { SharedMemory } from '../shared/shared-memory';
import { counted } from '../system/counted';
import { showAs } from '../system/show-as';

/**
 * Makes shared memory, and unlinks all of it at its end. Python's
 * `multiprocessing.managers.SharedMemoryManager`. It needs no server here: the memory itself is the
 * program's, and ends with it at the latest.
 *
 * @example
 * using manager = new SharedMemoryManager();
 * manager.start();
 * const memory = manager.SharedMemory(128);
 * manager.shutdown();
 * new SharedMemory({ name: memory.name }); // throws SharedMemoryNotFoundError: …
 */
export class SharedMemoryManager implements Disposable {
  readonly #made: SharedMemory[] = [];
  #state: 'new' | 'started' | 'shut down' = 'new';

  /**
   * Starts the manager, once: from now on it makes memory.
   *
   * @throws ManagerStateError the second time.
   */
  start(): void {
    if (this.#state !== 'new') throw new ManagerStateError('start()', 'the manager was started before');
    this.#state = 'started';
  }

  /**
   * Makes shared memory of `size` bytes, under a new name.
   *
   * @throws ManagerStateError before start() and after shutdown().
   */
  SharedMemory(size: number): SharedMemory {
    this.#check('SharedMemory()');
    const memory = new SharedMemory({ create: true, size });
    this.#made.push(memory);
    return memory;
  }

  /**
   * Makes a ShareableList of these items.
   *
   * @throws ManagerStateError before start() and after shutdown(); InvalidArgumentError for an item of
   * another kind.
   */
  ShareableList(items: Iterable<ShareableItem>): ShareableList {
    this.#check('ShareableList()');
    const list = new ShareableList(items);
    this.#made.push(list.shm);
    return list;
  }

  /** Unlinks all that was made. Processes that still have it open may go on using it. */
  shutdown(): void {
    this.#state = 'shut down';
    for (const memory of this.#made.splice(0)) {
      try {
        memory.unlink();
      } catch (error) {
        // Another process has unlinked it.
        if (!(error instanceof SharedMemoryNotFoundError)) throw error;
      }
    }
  }

  /** `using manager = …`: shutdown() at the end of the block. */
  [Symbol.dispose](): void {
    this.shutdown();
  }

  #check(method: string): void {
    if (this.#state === 'started') return;
    const why =
      this.#state === 'new' ? 'the manager was not started: call start() first' : 'the manager was shut down';
    throw new ManagerStateError(method, why);
  }

  static {
    showAs(
      SharedMemoryManager.prototype,
      (manager: SharedMemoryManager) => `<SharedMemoryManager of ${counted(manager.#made.length, 'block')}>`,
    );
  }
}
