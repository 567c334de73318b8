// Reaches a Jupyter Server through @jupyterlab/services and starts clean kernels on it.
import { type Kernel, KernelConnection, ServerConnection, SessionAPI } from '@jupyterlab/services';
import { CliError } from '../../cli-error';

interface ServerAddress {
  url: string;
  token?: string;
}

export interface Connection {
  /** `notebookPath` is as the server sees it; its folder becomes the kernel's. */
  startSession(notebookPath: string, kernelName: string): Promise<NotebookSession>;
  /** Whether the server has this file. */
  serves(notebookPath: string): Promise<boolean>;
}

export interface NotebookSession {
  kernel: Kernel.IKernelConnection;
  /** Ends the kernel. */
  end(): Promise<void>;
}

/**
 * No KernelManager: its polling outlives its disposal by ten seconds, and what matters here comes over the
 * web socket.
 */
export async function connect(server: ServerAddress): Promise<Connection> {
  const settings = ServerConnection.makeSettings({
    baseUrl: server.url,
    wsUrl: server.url.replace(/^http/, 'ws'),
    token: server.token ?? '',
    appendToken: true,
  });
  const ask = (path: string): Promise<Response> =>
    ServerConnection.makeRequest(new URL(path, withSlash(server.url)).href, {}, settings);
  await askStatus(server.url, ask);
  return {
    async startSession(notebookPath, kernelName) {
      await requireKernel(kernelName, ask, server.url);
      const name = notebookPath.split('/').at(-1) ?? notebookPath;
      const options = { path: notebookPath, type: 'notebook', name, kernel: { name: kernelName } };
      const { id, kernel: model } = await SessionAPI.startSession(options, settings);
      if (!model)
        throw new CliError(`The Jupyter Server at ${server.url} started no kernel for ${notebookPath}.`);
      const kernel = new KernelConnection({ model, serverSettings: settings });
      // It does so by itself when the kernel has died, and that is not waited for: its failure would end us.
      const reconnect = kernel.reconnect.bind(kernel);
      kernel.reconnect = async () => {
        if (!kernel.isDisposed) await reconnect().catch(() => {});
      };
      return {
        kernel,
        async end() {
          kernel.dispose();
          // A server that is gone has no session left to end.
          await SessionAPI.shutdownSession(id, settings).catch(() => {});
        },
      };
    },
    async serves(notebookPath) {
      const response = await ask(
        `api/contents/${notebookPath.split('/').map(encodeURIComponent).join('/')}?content=0`,
      );
      return response.ok;
    },
  };
}

type Ask = (path: string) => Promise<Response>;

async function askStatus(url: string, ask: Ask): Promise<void> {
  let response: Response;
  try {
    response = await ask('api/status');
  } catch {
    throw new CliError(
      `No Jupyter Server answers at ${url}: start one, or leave out --server-url to have one started.`,
    );
  }
  if (response.status === 401 || response.status === 403) {
    throw new CliError(
      `The Jupyter Server at ${url} refuses the token: give the one that it printed with --token.`,
    );
  }
  if (!response.ok)
    throw new CliError(`${url} answers ${response.status} to api/status: it is no Jupyter Server.`);
}

async function requireKernel(name: string, ask: Ask, url: string): Promise<void> {
  const { kernelspecs } = (await (await ask('api/kernelspecs')).json()) as {
    kernelspecs: Record<string, unknown>;
  };
  if (name in kernelspecs) return;
  const known = Object.keys(kernelspecs).join(', ') || 'none';
  throw new CliError(
    `The Jupyter Server at ${url} has no kernel "${name}" (it has: ${known}): run "parlab install" where that server runs.`,
  );
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
