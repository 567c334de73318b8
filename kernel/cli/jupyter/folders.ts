// Keeps everything that Jupyter writes inside this installation: its settings, its run-time files, our
// kernelspec.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../make-folder';
import { installation } from '../../package-root';
import { DEFAULT_DISPLAY_NAME, DEFAULT_NAME } from '../kernelspec/kernel-json';
import { writeKernelspec } from '../kernelspec/write';

export interface JupyterFolders {
  runtime: string;
  env: NodeJS.ProcessEnv;
}

/** Writes the kernelspec anew each time, as the checkout or Node may have moved since the last one. */
export function prepareJupyterFolders(home = path.join(installation, '.jupyter')): JupyterFolders {
  const share = path.join(home, 'share');
  const config = path.join(home, 'config');
  const settings = path.join(config, 'lab', 'user-settings');
  const runtime = path.join(home, 'runtime');
  // Run-time files hold the keys of running kernels.
  makeFolder(runtime, 0o700);
  writeKernelspec(path.join(share, 'kernels'), DEFAULT_NAME, DEFAULT_DISPLAY_NAME);
  declineNews(settings);
  showMarkdownRendered(settings);
  return {
    runtime,
    env: {
      ...process.env,
      JUPYTER_PATH: [share, process.env.JUPYTER_PATH].filter(Boolean).join(path.delimiter),
      JUPYTER_CONFIG_DIR: config,
      JUPYTER_DATA_DIR: path.join(home, 'data'),
      JUPYTER_RUNTIME_DIR: runtime,
      JUPYTERLAB_SETTINGS_DIR: settings,
      JUPYTERLAB_WORKSPACES_DIR: path.join(config, 'lab', 'workspaces'),
      IPYTHONDIR: path.join(home, 'ipython'),
    },
  };
}

/** JupyterLab's first act would be to ask whether it may fetch news; a student should see the tutorial. */
function declineNews(settings: string): void {
  const news = { fetchNews: 'false', checkForUpdates: false };
  writeOnce(path.join(settings, '@jupyterlab', 'apputils-extension'), 'notification', news);
}

/** The contents of the tutorial are to be read, not edited. */
function showMarkdownRendered(settings: string): void {
  const viewers = { defaultViewers: { markdown: 'Markdown Preview' } };
  writeOnce(path.join(settings, '@jupyterlab', 'docmanager-extension'), 'plugin', viewers);
}

/** What the user has chosen stays. */
function writeOnce(folder: string, name: string, values: object): void {
  const file = path.join(folder, `${name}.jupyterlab-settings`);
  if (existsSync(file)) return;
  makeFolder(folder);
  writeFileSync(file, `${JSON.stringify(values, null, 2)}\n`);
}
