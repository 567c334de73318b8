// Node waits at its exit for connections to its inspector, and says so: the thread that is connected lets go
// before that.
import { process } from '../system/node-process';

/** What the word may say that both threads see: how the thread with the relay stands to the inspector. */
export const InspectorLink = { none: 0, connected: 1, leaving: 2 } as const;

const PATIENCE_MS = 1000;

/** The main thread calls it. `tell` makes the thread with the relay call `letGo`. */
export function leaveInspectorAtExit(link: Int32Array, tell: () => void): void {
  process.once('exit', () => {
    const { connected, leaving } = InspectorLink;
    if (Atomics.compareExchange(link, 0, connected, leaving) !== connected) return;
    tell();
    Atomics.wait(link, 0, leaving, PATIENCE_MS);
  });
}

/** The thread with the relay calls it once the relay is closed. */
export function letGo(link: Int32Array): void {
  Atomics.store(link, 0, InspectorLink.none);
  Atomics.notify(link, 0);
}
