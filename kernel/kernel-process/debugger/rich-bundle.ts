// A variable as the last line of a cell would show it. The person asked for it, so what the value says of
// itself is called.

import type { Runtime } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCESS } from '../../conversations/debugger-expressions';
import type { MimeBundle } from '../../conversations/session';
import type { DebuggedThread } from './debugged-thread';
import { describeValue } from './describe-value';
import { endedInTime, LOOK_MS } from './guarded-looks';

export async function richBundle(thread: DebuggedThread, remote: Runtime.RemoteObject): Promise<MimeBundle> {
  const plain = { 'text/plain': describeValue(remote).value };
  // A child has no means of the notebook's.
  if (remote.objectId === undefined || remote.type === 'symbol' || !thread.isSession) return plain;
  const looked = thread.connection.post('Runtime.callFunctionOn', {
    objectId: remote.objectId,
    functionDeclaration: endedInTime(`return ${ACCESS}.bundleOf(this);`),
    returnByValue: true,
    // Nothing that is awaited goes on while it is stopped.
    awaitPromise: thread.stop === undefined,
  });
  const answer = await Promise.race([looked, sleep(LOOK_MS, undefined, { ref: false })]);
  // What fails is told by the bundle itself: this is what did not end.
  if (answer === undefined || answer.exceptionDetails) return plain;
  const bundle = answer.result.value as MimeBundle | undefined;
  return bundle && Object.keys(bundle).length > 0 ? bundle : plain;
}
