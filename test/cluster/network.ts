// A network of its own for each host of a test, where the system lets us: a namespace of Linux, with a cable (a pair of veth) to
// this one. Elsewhere, as in a container without rights, a host is told apart by a port of this computer.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

export interface Network {
  /** Of this side of the cable. */
  readonly address: string;
  /** What stands before a command that is to run on the other side. */
  readonly inside: readonly string[];
  /** The cable is pulled, and put back. */
  setUp(isUp: boolean): void;
  remove(): void;
}

const FOLDER = '/run/netns';
const MINE = /^pltest-(\d+)-\d+$/;

let isPossible: boolean | undefined;
let last = 0;
const all = new Set<Network>();

/** Undefined where there can be none, which is said once. `PARLAB_TEST_HOSTS=ports` asks for none. */
export function makeNetwork(): Network | undefined {
  if (isPossible === undefined) {
    const refusal = process.env.PARLAB_TEST_HOSTS === 'ports' ? 'as PARLAB_TEST_HOSTS asks' : whyNot();
    isPossible = refusal === undefined;
    console.log(
      isPossible
        ? 'The hosts of this test are network namespaces: a link that is cut is taken down.'
        : `The hosts of this test are ports of this computer (${refusal}): a link that is cut is a connection that stands still.`,
    );
    process.once('exit', () => {
      for (const network of all) network.remove();
    });
  }
  return isPossible ? make() : undefined;
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has network namespaces';
  try {
    removeStale();
    make().remove();
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr || message).trim().split('\n')[0];
  }
}

function make(): Network {
  const number = ++last;
  const name = `pltest-${process.pid}-${number}`;
  // At most 15 letters.
  const cable = `pl${process.pid.toString(36)}n${number}`;
  // One of 16,384 nets of two addresses, which another test is not likely to have.
  const net = Math.floor(Math.random() * 2 ** 14) * 4;
  const [near, far] = [1, 2].map((end) => `10.213.${net >> 8}.${(net & 255) + end}`) as [string, string];
  const remove = () => {
    // The cable goes with one of its ends.
    spawnSync('ip', ['link', 'del', cable], { stdio: 'ignore' });
    spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
  };
  try {
    ip('netns', 'add', name);
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'host', 'netns', name);
    ip('addr', 'add', `${near}/30`, 'dev', cable);
    ip('link', 'set', cable, 'up');
    ip('-n', name, 'addr', 'add', `${far}/30`, 'dev', 'host');
    ip('-n', name, 'link', 'set', 'host', 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    // That it can be entered, too.
    execFileSync('nsenter', [`--net=${FOLDER}/${name}`, 'true'], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    remove();
    throw error;
  }
  const network: Network = {
    address: near,
    inside: ['nsenter', `--net=${FOLDER}/${name}`],
    setUp: (isUp) => {
      // A host that is gone has no cable.
      if (all.has(network)) ip('link', 'set', cable, isUp ? 'up' : 'down');
    },
    remove: () => {
      all.delete(network);
      remove();
    },
  };
  all.add(network);
  return network;
}

/** Of tests that were killed. */
function removeStale(): void {
  for (const name of listed()) {
    const [, pid] = MINE.exec(name) ?? [];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch {
      spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    }
  }
}

function listed(): string[] {
  try {
    return readdirSync(FOLDER);
  } catch {
    return [];
  }
}

function ip(...words: string[]): void {
  execFileSync('ip', words, { encoding: 'utf8', stdio: 'pipe' });
}
