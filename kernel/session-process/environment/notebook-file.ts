// The file that a cell takes itself to be in.

import { basename, join } from 'node:path';

/** The notebook's file as far as the front end tells its name. */
export function notebookFile(directory: string): string {
  // Jupyter Server names the notebook in the kernel's environment.
  return join(directory, basename(process.env.JPY_SESSION_NAME ?? '') || 'notebook.ipynb');
}
