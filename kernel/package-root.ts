// Where this installation of ParLab lies: its two packages and, around them, a checkout or a user's
// node_modules.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The compiled kernel. This file lies at its top. */
export const kernelCode = __dirname;

/** The compiled library: of the package `parlab` beside this one, wherever npm put it. */
export const libraryCode = path.dirname(require.resolve('parlab'));

/** The package `parlab-kernel`: its package.json, its logos, its dist. */
export const kernelPackage = path.resolve(kernelCode, '..');

/** Only a checkout has what sets it up. */
export const isCheckout = existsSync(path.join(kernelPackage, 'start.mjs'));

/** Where .venv and .jupyter lie: the whole checkout, or the package that was installed. */
export const installation = isCheckout ? path.dirname(kernelPackage) : kernelPackage;

/** The program that a kernelspec and every command line run. */
export const mainProgram = path.join(kernelCode, 'main.js');
