// Starts a process at its top level: were the child to run this file again, it would never end.
import { Process } from 'parlab';

const child = new Process({ target: () => console.log('123') });
child.start();
child.join().then(() => process.exit(child.exitcode ?? 99));
