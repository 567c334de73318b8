// `parlab lab` and the last step of `npm start`: JupyterLab with our kernel, until Ctrl-C.

import { imageOf, makeImage, usableImage } from '../../kernel-process/compiler/image';
import { prepareJupyterFolders } from '../jupyter/folders';
import { startServer } from '../jupyter/server';
import type { Python } from '../set-up/python.mjs';

interface LabOptions {
  python: Python;
  folder: string;
  /** Opened first: a file within the folder. Otherwise what was open before, or the launcher. */
  page?: string | undefined;
  /** Handed to JupyterLab as they are. */
  args: string[];
}

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves with the exit code when JupyterLab has ended. */
export async function lab({ python, folder, page, args }: LabOptions): Promise<number> {
  const server = startServer({
    python: python.file,
    module: 'jupyterlab',
    args: [...ourDefaults({ folder, page, args }), ...args],
    folders: prepareJupyterFolders(),
    log: 'inherit',
  });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    process.stdout.write('\nparlab: Ending JupyterLab and its kernels …\n');
    void server.end();
  };
  for (const signal of END_SIGNALS) process.on(signal, end);
  process.stdout.write('parlab: Starting JupyterLab …\n');
  // The first notebook is some seconds away: time enough for a compiler that starts at once.
  const making = usableImage() ? undefined : makeImage(imageOf());
  server.ready().then(
    ({ url, token }) => {
      const at = page === undefined ? 'lab' : `lab/tree/${page}`;
      const address = new URL(token ? `${at}?token=${token}` : at, url).href;
      process.stdout.write(`parlab: JupyterLab is at ${address}\nparlab: Ctrl-C ends it and every kernel\n`);
    },
    // It ended before: its own log has said why, and its exit code is ours.
    () => {},
  );
  const code = await server.ended;
  making?.stop();
  await making?.done;
  for (const signal of END_SIGNALS) process.off(signal, end);
  // Ended because we were asked to: that is a success, whatever its code.
  return ending ? 0 : code;
}

/** An option that the user gives himself replaces ours. */
function ourDefaults({ folder, page, args }: Pick<LabOptions, 'folder' | 'page' | 'args'>): string[] {
  const given = (pattern: RegExp): boolean => args.some((arg) => pattern.test(arg));
  return [
    ...(given(/^--(ServerApp\.root_dir|notebook-dir|ServerApp\.notebook_dir)\b/)
      ? []
      : [`--ServerApp.root_dir=${folder}`]),
    ...(page === undefined || given(/^--(Lab|Server)App\.default_url\b/)
      ? []
      : [`--LabApp.default_url=/lab/tree/${page}`]),
    // Its log would hide the address.
    ...(given(/^--(debug|log-level|\w+\.log_level)\b/)
      ? []
      : ['--ServerApp.log_level=WARN', '--LabApp.log_level=WARN']),
  ];
}
