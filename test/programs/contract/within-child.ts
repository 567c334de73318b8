// Runs the program that its argument names inside of a child.
import { Process } from 'parlab';

new Process({ target: (file: string) => void require(file), args: [process.argv[2] ?? ''] }).start();
