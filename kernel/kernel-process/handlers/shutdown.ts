// Answers shutdown_request once the session and its processes are gone; the kernel itself leaves after the
// reply.

import type { Publisher } from '../output/publisher';
import type { Handler } from '../protocol/handlers';

export function shutdownHandler(
  publisher: Publisher,
  stopSession: () => Promise<void>,
  leave: () => void,
): Handler<'shutdown_request'> {
  return async ({ restart }, request) => {
    await stopSession();
    // Other front ends of this kernel learn of it here.
    publisher.publish(request.header, 'shutdown_reply', { status: 'ok', restart });
    setImmediate(leave);
    return { status: 'ok', restart };
  };
}
