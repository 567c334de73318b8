// Where the explorer process begins. All that explores is loaded there, and not in the program that asks for
// it.
import type { ExplorerStart } from './messages';

/** Exported by name, so that it reaches the child as module and name. */
export async function runExplorer(start: ExplorerStart): Promise<void> {
  const { serve } = require('./serve') as typeof import('./serve');
  await serve(start);
}
