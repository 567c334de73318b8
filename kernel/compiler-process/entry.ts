// The program of a compiler process that starts without an image: node entry.js DIRECTORY.

import { createCells } from '../cells/cells';
import { serve } from './serve';

serve(createCells({ directory: process.argv[2] as string }));
