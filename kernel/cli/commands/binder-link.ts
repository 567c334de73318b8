// `parlab binder-link`: the links with which a class opens a repository, and its badge in README files.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { CliError } from '../../cli-error';
import { readRepository, type SharingLinks, sharingLinks } from './sharing-links';

export interface BinderLinkOptions {
  branch?: string;
  open?: string;
  binder: string;
  hub?: string;
  environment?: string;
  /** Files that get the badge. */
  write?: string[];
}

const BEGIN = '<!-- binder -->';
const END = '<!-- /binder -->';

/** `address`: absent, the one that this folder was cloned from. */
export function binderLink(address: string | undefined, options: BinderLinkOptions): void {
  const { environment, write = [], ...rest } = options;
  const links = sharingLinks(readRepository(address ?? originOf(process.cwd())), {
    ...rest,
    ...(environment ? { environment: readRepository(environment) } : {}),
  });
  process.stdout.write(describe(links));
  // All are read before one is written: either every file gets its badge, or none.
  const changed = write.map((file) => ({ file, text: withBadge(file, links.badge) }));
  for (const { file, text } of changed) {
    writeFileSync(file, text);
    process.stdout.write(`✓ the badge stands in ${file}\n`);
  }
}

function describe({ binder, badge, hub }: SharingLinks): string {
  const rows = [['Binder', binder], ...(hub ? [['JupyterHub', hub]] : []), ['Badge', badge]];
  return rows.map(([name = '', value]) => `${name.padEnd(10)}  ${value}\n`).join('');
}

function originOf(folder: string): string {
  const { status, stdout } = spawnSync('git', ['remote', 'get-url', 'origin'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status === 0 && stdout.trim() !== '') return stdout.trim();
  throw new CliError(
    'This folder was cloned from nowhere: name the repository, as in "parlab binder-link https://github.com/owner/name".',
  );
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : message;
}

function withBadge(file: string, badge: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) {
    throw new CliError(
      `${file} has no place for the badge: put the lines ${BEGIN} and ${END} where it shall stand.`,
    );
  }
  return `${text.slice(0, begin + BEGIN.length)}\n${badge}\n${text.slice(end)}`;
}
