// The thread of a child that a debugger looks into.
import { parentPort, workerData } from 'node:worker_threads';
import type { InspectorThreadData } from './connect-inspector';
import { InspectorRelay } from './inspector-relay';
import { InspectorLink, letGo } from './leave-inspector';

const { socket, hello, link } = workerData as InspectorThreadData;
Atomics.store(link, 0, InspectorLink.connected);
const relay = new InspectorRelay(socket, hello, {
  proceed: () => parentPort?.postMessage('proceed'),
  closed: leave,
});
parentPort?.once('message', () => {
  relay.close();
  leave();
});

function leave(): void {
  letGo(link);
  parentPort?.close();
}
