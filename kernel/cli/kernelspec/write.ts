// Puts a kernelspec into a folder of kernels, and takes it away again.
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';
import { makeFolder } from '../../make-folder';
import { kernelPackage } from '../../package-root';
import { isOurs, kernelJson } from './kernel-json';

const LOGOS = ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'];

// What Jupyter accepts as the name of a kernelspec; it also becomes a folder.
const VALID_NAME = /^[a-z0-9._-]+$/i;

/** Returns the folder that it wrote. */
export function writeKernelspec(kernelsFolder: string, name: string, displayName: string): string {
  const folder = specFolder(kernelsFolder, name);
  try {
    makeFolder(folder);
    for (const logo of LOGOS) {
      copyFileSync(path.join(kernelPackage, 'cli', 'kernelspec', 'logos', logo), path.join(folder, logo));
    }
    // Last, because a folder becomes a kernelspec by this file.
    writeFileSync(path.join(folder, 'kernel.json'), `${JSON.stringify(kernelJson(displayName), null, 2)}\n`);
  } catch (error) {
    throw new CliError(
      `${folder} cannot be written (${(error as Error).message}): choose another place with --user or --prefix DIR.`,
    );
  }
  return folder;
}

/** Returns the folder that it removed. */
export function removeKernelspec(kernelsFolder: string, name: string): string {
  const folder = specFolder(kernelsFolder, name);
  const file = path.join(folder, 'kernel.json');
  if (!existsSync(file)) throw new CliError(`There is no kernelspec "${name}" in ${kernelsFolder}.`);
  if (!isOurs(readJson(file))) {
    throw new CliError(
      `${folder} belongs to another kernel, so it stays: remove it with that kernel's own command.`,
    );
  }
  rmSync(folder, { recursive: true });
  return folder;
}

function specFolder(kernelsFolder: string, name: string): string {
  if (!VALID_NAME.test(name) || /^\.+$/.test(name)) {
    throw new CliError(`"${name}" is no name for a kernel: use letters, digits, ".", "_" and "-".`);
  }
  return path.join(kernelsFolder, name.toLowerCase());
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
