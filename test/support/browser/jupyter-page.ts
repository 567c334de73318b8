// A page of Chromium that shows JupyterLab with our kernel, on a copy of the notebooks so that saving changes nothing here.
import { accessSync, constants, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { prepareJupyterFolders } from '../../../kernel/cli/jupyter/folders';
import { requireJupyter } from '../../../kernel/cli/jupyter/require-jupyter';
import { type RunningServer, type ServerOptions, startServer } from '../../../kernel/cli/jupyter/server';
import { onPath } from '../../../kernel/cli/set-up/python.mjs';
import { installation } from '../../../kernel/package-root';

const READY_MS = 120_000;

export interface JupyterPage {
  page: Page;
  /** Opens a notebook and waits for its kernel. */
  open(notebook: string): Promise<void>;
  /** Runs the code cell with this id; does not wait for its end. */
  run(id: string): Promise<void>;
  /** Runs every cell of the open notebook and waits until the last one has ended. */
  runAll(): Promise<void>;
  /** What a reader sees as text under each code cell. */
  outputs(): Promise<string[]>;
  close(): Promise<void>;
}

/** $CHROMIUM, else what Debian, Ubuntu and Google call it. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named) {
    accessSync(named, constants.X_OK);
    return named;
  }
  return ['chromium', 'chromium-browser', 'google-chrome'].map((name) => onPath(name)).find(Boolean);
}

/** A front end in the browser, and where it shows what is asked for. */
interface FrontEnd {
  /** The Python that has it. */
  python: string;
  module: ServerOptions['module'];
  /** Puts window.jupyterapp into the page. */
  exposeOption: string;
  path: string;
}

/** `python`: another one than the kernel's own that has it. */
export async function openJupyterLab(executablePath: string, python?: string): Promise<JupyterPage> {
  const file = python ?? (await requireJupyter()).file;
  const exposeOption = '--LabApp.expose_app_in_browser=True';
  return openPage(executablePath, { python: file, module: 'jupyterlab', exposeOption, path: 'lab' });
}

/** Notebook 7 shows one notebook in a page of its own. */
export async function openNotebook7(
  executablePath: string,
  python: string,
  notebook: string,
): Promise<JupyterPage> {
  const exposeOption = '--JupyterNotebookApp.expose_app_in_browser=True';
  const path = `notebooks/${notebook}`;
  const opened = await openPage(executablePath, { python, module: 'notebook', exposeOption, path });
  await opened.page.waitForFunction(`${PANEL}?.sessionContext?.session?.kernel?.status === 'idle'`);
  return opened;
}

async function openPage(executablePath: string, frontEnd: FrontEnd): Promise<JupyterPage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lab-'));
  for (const source of ['notebooks', 'test/programs/browser']) {
    cpSync(path.join(installation, source), path.join(folder, 'notebooks'), { recursive: true });
  }
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server?.end();
    rmSync(folder, { recursive: true });
  };
  try {
    server = startServer({
      python: frontEnd.python,
      module: frontEnd.module,
      args: [
        '--no-browser',
        '--ServerApp.port=0',
        `--ServerApp.root_dir=${path.join(folder, 'notebooks')}`,
        frontEnd.exposeOption,
      ],
      folders: prepareJupyterFolders(path.join(folder, 'jupyter')),
      log: 'keep',
    });
    const { url, token } = await server.ready();
    // Root needs it, and so do most containers.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(READY_MS);
    await page.goto(new URL(`${frontEnd.path}?token=${token}`, url).href);
    await page.waitForFunction('window.jupyterapp?.restored');
    await page.evaluate('window.jupyterapp.restored.then(() => true)');
    return { page, close, ...notebookActions(page) };
  } catch (error) {
    await close();
    throw error;
  }
}

const PANEL = 'window.jupyterapp.shell.currentWidget';

function notebookActions(page: Page): Pick<JupyterPage, 'open' | 'run' | 'runAll' | 'outputs'> {
  return {
    async open(notebook) {
      const request = JSON.stringify({ path: notebook, factory: 'Notebook' });
      await page.evaluate(
        `window.jupyterapp.commands.execute('docmanager:open', ${request}).then(() => true)`,
      );
      await page.waitForFunction(`${PANEL}?.sessionContext?.session?.kernel?.status === 'idle'`);
    },
    async run(id) {
      await page.evaluate(`{
        const { content } = ${PANEL};
        content.activeCellIndex = content.widgets.findIndex(({ model }) => model.id === '${id}');
        void window.jupyterapp.commands.execute('notebook:run-cell');
      }`);
    },
    async runAll() {
      await page.evaluate(`window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => true)`);
    },
    async outputs() {
      const cells = (await page.evaluate(`${PANEL}.content.model.toJSON().cells`)) as {
        cell_type: string;
        outputs: { text?: string | string[] }[];
      }[];
      return cells
        .filter(({ cell_type }) => cell_type === 'code')
        .map(({ outputs }) => outputs.map(({ text }) => [text ?? ''].flat().join('')).join(''));
    },
  };
}
