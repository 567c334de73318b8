// Keeps Node's warning about a means of this library, not of its user's, out of the output.

const OURS = 'vm.USE_MAIN_CONTEXT_DEFAULT_LOADER';

/**
 * A captured function or a cell may say import(); Node calls the way to allow that experimental, once in
 * every process.
 */
export function quietOwnWarnings(): void {
  const emitWarning = process.emitWarning;
  process.emitWarning = (...args: unknown[]) => {
    if (String(args[0]).includes(OURS)) return;
    Reflect.apply(emitWarning, process, args);
  };
}
