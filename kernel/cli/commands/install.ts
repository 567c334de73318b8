// `parlab install` and `parlab uninstall`: makes the kernel known to the Jupyter of this user or environment,
// with an image of the compiler for all who use this installation: a class, or all who open a Binder link.
import path from 'node:path';
import { installedImage, isUsable, makeImage } from '../../kernel-process/compiler/image';
import { DEFAULT_DISPLAY_NAME, DEFAULT_NAME } from '../kernelspec/kernel-json';
import { jupyterDataFolder, type Place } from '../kernelspec/place';
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
  // Where it cannot be made, each kernel's user has one of her own.
  const image = installedImage();
  if (!isUsable(image)) await makeImage(image).done;
  return 0;
}

export async function uninstall(options: InstallOptions): Promise<number> {
  const kernels = path.join(await jupyterDataFolder(options), 'kernels');
  process.stdout.write(`Removed ${removeKernelspec(kernels, options.name ?? DEFAULT_NAME)}.\n`);
  return 0;
}
