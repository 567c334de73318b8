// Answers interrupt_request, which comes on the control channel while a cell runs. The cell's own reply says
// that it was stopped.

import type { Handler } from '../protocol/handlers';

export function interruptHandler(interrupt: () => void): Handler<'interrupt_request'> {
  return () => {
    interrupt();
    return { status: 'ok' };
  };
}
