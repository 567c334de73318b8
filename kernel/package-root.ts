// Where this installation of ParLab lies: the checkout, or node_modules/parlab.
import path from 'node:path';

/** Compiled, this file is dist/kernel/package-root.js. */
export const packageRoot = path.resolve(__dirname, '..', '..');

/** The program that a kernelspec and every command line run. */
export const mainProgram = path.join(packageRoot, 'dist', 'kernel', 'main.js');
