// The program of a compiler process that starts without an image: node entry.js DIRECTORY.

import { serve } from './serve';

serve(process.argv[2] as string);
