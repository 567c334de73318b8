// A variable as the last line of a cell would show it. The person asked for it, so what the value says of
// itself is called.

import type { Runtime } from 'node:inspector';
import { ACCESS } from '../../conversations/debugger-expressions';
import type { MimeBundle } from '../../conversations/session';
import type { DebuggedThread } from './debugged-thread';
import { DebuggerError } from './debugger-error';
import { describeValue } from './describe-value';

export async function richBundle(thread: DebuggedThread, remote: Runtime.RemoteObject): Promise<MimeBundle> {
  const plain = { 'text/plain': describeValue(remote).value };
  // A child has no means of the notebook's.
  if (remote.objectId === undefined || !thread.isSession) return plain;
  const { result, exceptionDetails } = await thread.connection.post('Runtime.callFunctionOn', {
    objectId: remote.objectId,
    functionDeclaration: `function () { return ${ACCESS}.bundleOf(this); }`,
    returnByValue: true,
    // Nothing that is awaited goes on while it is stopped.
    awaitPromise: thread.stop === undefined,
  });
  if (exceptionDetails)
    throw new DebuggerError(exceptionDetails.exception?.description ?? exceptionDetails.text);
  const bundle = result.value as MimeBundle | undefined;
  return bundle && Object.keys(bundle).length > 0 ? bundle : plain;
}
