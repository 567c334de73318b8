// The main thread as the watcher's thread asks it, through the inspector: it answers also in the middle of a
// loop.

import type { Runtime, Session } from 'node:inspector';
import { accessExpression } from './watcher-access';

export interface Answer {
  value?: unknown;
  /** Why there is no value. Neither is there where a termination cut the answer. */
  failure?: string;
}

/** V8's word for it. */
const TERMINATED = 'Execution was terminated';

export function evaluate(
  mainThread: Session,
  call: Parameters<typeof accessExpression>[0],
  take: (answer: Answer) => void,
): void {
  const asked = { expression: accessExpression(call), returnByValue: true };
  mainThread.post('Runtime.evaluate', asked, (error, reply?: Runtime.EvaluateReturnType) => {
    const thrown = error?.message ?? reply?.exceptionDetails?.exception?.description;
    if (thrown === undefined) take({ value: reply?.result.value });
    else if (thrown.includes(TERMINATED)) take({});
    else take({ failure: thrown.split('\n', 1)[0] ?? thrown });
  });
}
