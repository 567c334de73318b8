// The address of a repository → links that open it in Binder and on a JupyterHub. Pure: it asks no server.
import { CliError } from '../../cli-error';

/** A public repository, as its address tells it. */
interface Repository {
  /** 'github.com' */
  host: string;
  /** 'owner/name'; on GitLab there may be groups between. */
  path: string;
  /** Absent: the default branch. */
  branch?: string;
  /** What its address pointed to, a file or a folder. */
  open?: string;
}

interface LinkOptions {
  /** A file or a folder of the repository that is shown first. */
  open?: string;
  branch?: string;
  /** The address of a BinderHub. */
  binder: string;
  /** The address of a JupyterHub that has nbgitpuller. */
  hub?: string;
  /** Whose .binder/ makes the environment, if it is another repository than the one with the notebooks. */
  environment?: Repository;
}

export interface SharingLinks {
  binder: string;
  /** A picture with the link behind it, in Markdown. */
  badge: string;
  /** Present when a hub was named. */
  hub?: string;
}

const HOW = 'write it as in https://github.com/owner/name';

/**
 * Reads an address as a person copies it: of the browser, also of a file there, or of git. What stands before
 * an @ in it may be a password, and is left out.
 */
export function readRepository(address: string): Repository {
  const [, sshHost, sshPath] = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(address) ?? [];
  const text = sshHost ? `https://${sshHost}/${sshPath}` : address;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:', 'ssh:', 'git:'].includes(url.protocol) || url.hostname === '')
    throw new CliError(`${address} is not the address of a repository: ${HOW}.`);
  // Whom only this machine or this network knows, Binder cannot reach.
  if (!url.hostname.includes('.'))
    throw new CliError(`${url.hostname} is no host that others can reach: ${HOW}.`);
  const words = url.pathname.split('/').filter(Boolean).map(decoded);
  const at = words.findIndex((word, index) => index >= 2 && ['-', 'tree', 'blob'].includes(word));
  const path = words
    .slice(0, at < 0 ? undefined : at)
    .join('/')
    .replace(/\.git$/, '');
  if (!path.includes('/')) throw new CliError(`${address} names no repository: ${HOW}.`);
  const [branch, ...open] =
    at < 0
      ? []
      : words
          .slice(at)
          .filter((word) => word !== '-')
          .slice(1);
  return {
    host: url.hostname,
    path,
    ...(branch ? { branch } : {}),
    ...(open.length > 0 ? { open: open.join('/') } : {}),
  };
}

/** Without a branch in the address or the options, the links follow the default branch. */
export function sharingLinks(repository: Repository, options: LinkOptions): SharingLinks {
  const branch = options.branch ?? repository.branch;
  const open = options.open ?? repository.open;
  const pull = gitPull(repository, branch, open);
  const environment = options.environment;
  const place = environment
    ? `${binderPlace(environment, environment.branch)}?urlpath=${encodeURIComponent(pull)}`
    : `${binderPlace(repository, branch)}${open ? `?labpath=${encodeURIComponent(open)}` : '?urlpath=lab'}`;
  const binderHost = serverAddress(options.binder);
  const binder = `${binderHost}/v2/${place}`;
  return {
    binder,
    badge: `[![Open in Binder](${binderHost}/badge_logo.svg)](${binder})`,
    ...(options.hub ? { hub: `${serverAddress(options.hub)}/hub/user-redirect/${pull}` } : {}),
  };
}

/** BinderHub has a short form for two hosts; any other is given its whole address. */
function binderPlace({ host, path }: Repository, branch = 'HEAD'): string {
  const ref = encodeURIComponent(branch);
  if (host === 'github.com') return `gh/${encodeURI(path)}/${ref}`;
  if (host === 'gitlab.com') return `gl/${encodeURIComponent(path)}/${ref}`;
  return `git/${encodeURIComponent(`https://${host}/${path}`)}/${ref}`;
}

/** nbgitpuller copies the repository into a folder of its name, and then opens `urlpath`. */
function gitPull({ host, path }: Repository, branch: string | undefined, open: string | undefined): string {
  const folder = path.split('/').at(-1) ?? path;
  return `git-pull?${new URLSearchParams({
    repo: `https://${host}/${path}`,
    urlpath: `lab/tree/${[folder, open].filter(Boolean).join('/')}`,
    ...(branch ? { branch } : {}),
  })}`;
}

/** A lone % is one. */
function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/**
 * Returns the address without a slash at its end. A browser takes an address without https:// for a page
 * beside the one with the link.
 */
function serverAddress(address: string): string {
  if (!/^https?:\/\/[^/]/.test(address) || !URL.canParse(address)) {
    throw new CliError(
      `${address} is not the address of a server: write it as in https://hub.school.example.`,
    );
  }
  return address.slice(0, address.split('').findLastIndex((letter) => letter !== '/') + 1);
}
