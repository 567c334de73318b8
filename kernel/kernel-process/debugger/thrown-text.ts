// What was thrown, in one line.

import type { Runtime } from 'node:inspector';

export function thrownText({ exception, text }: Runtime.ExceptionDetails): string {
  const described =
    exception?.description ?? (exception && 'value' in exception ? String(exception.value) : undefined);
  return described?.split('\n')[0] ?? text;
}
