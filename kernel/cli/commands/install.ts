// `parlab install` and `parlab uninstall`: makes the kernel known to the Jupyter of this user or environment.
import path from 'node:path';
import { jupyterDataFolder, type Place } from '../../jupyter-paths';
import { DEFAULT_DISPLAY_NAME, DEFAULT_NAME } from '../kernelspec/kernel-json';
import { removeKernelspec, writeKernelspec } from '../kernelspec/write';

export interface InstallOptions extends Place {
  name?: string;
  displayName?: string;
}

export async function install(options: InstallOptions): Promise<number> {
  const kernels = path.join(await jupyterDataFolder(options), 'kernels');
  const displayName = options.displayName ?? DEFAULT_DISPLAY_NAME;
  const folder = writeKernelspec(kernels, options.name ?? DEFAULT_NAME, displayName);
  process.stdout.write(`Installed "${displayName}" in ${folder}.\n`);
  return 0;
}

export async function uninstall(options: InstallOptions): Promise<number> {
  const kernels = path.join(await jupyterDataFolder(options), 'kernels');
  process.stdout.write(`Removed ${removeKernelspec(kernels, options.name ?? DEFAULT_NAME)}.\n`);
  return 0;
}
