// Functions that V8 has for itself. JavaScript may name them only while a flag is on.
import { setFlagsFromString } from 'node:v8';

const isAllowedAnyway = process.execArgv.some((flag) => /^--allow[-_]natives[-_]syntax$/.test(flag));

/** Named when they are first asked for. A V8 that does not have them throws a SyntaxError. */
export function functionsOfV8<Functions>(
  name: () => Functions,
): <Answer>(ask: (functions: Functions) => Answer) => Answer {
  let named: Functions | undefined;
  return (ask) => {
    named ??= whileAllowed(name);
    try {
      return ask(named);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // V8 forgets what it compiled of functions that are seldom called, and reads their text again.
      named = whileAllowed(name);
      return ask(named);
    }
  };
}

function whileAllowed<Functions>(name: () => Functions): Functions {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return name();
  } finally {
    if (!isAllowedAnyway) setFlagsFromString('--no-allow-natives-syntax');
  }
}
