// A process that starts processes, three generations deep; each knows its name and its parent.
import { currentProcess, Process, parentProcess } from 'parlab';

function descend(depth: number) {
  console.log(currentProcess().name, 'of', parentProcess()?.name);
  if (depth > 0) new Process({ target: descend, args: [depth - 1] }).start();
}

for (let i = 0; i < 2; i++) new Process({ target: descend, args: [2] }).start();
