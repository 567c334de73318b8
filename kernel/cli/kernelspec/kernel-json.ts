// The kernelspec as Jupyter reads it: how to start the kernel and what to call it.
import { mainProgram } from '../../package-root';

export const DEFAULT_NAME = 'parlab';
export const DEFAULT_DISPLAY_NAME = 'TypeScript (ParLab)';

interface KernelJson {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: 'message';
  kernel_protocol_version: string;
  metadata: { debugger: boolean; supported_encryption: string[] };
}

/**
 * Both paths are absolute: a server started from a desktop menu knows neither the PATH nor the folder of this
 * shell.
 */
export function kernelJson(displayName: string): KernelJson {
  return {
    argv: [process.execPath, mainProgram, 'kernel', '{connection_file}'],
    display_name: displayName,
    language: 'typescript',
    interrupt_mode: 'message',
    kernel_protocol_version: '5.5',
    metadata: { debugger: true, supported_encryption: ['curve'] },
  };
}

/** Whether this kernelspec starts a ParLab, of this installation or of another. */
export function isOurs(spec: unknown): boolean {
  const argv = (spec as Partial<KernelJson> | null)?.argv;
  return (
    Array.isArray(argv) &&
    argv.some((each) => /[\\/](parlab-)?kernel[\\/](dist[\\/])?main\.js$/.test(String(each))) &&
    argv.includes('kernel')
  );
}
