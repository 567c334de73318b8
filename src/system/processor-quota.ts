// What the files of Linux say of the processors that a process may use: its affinity, which knows cpusets,
// and the quotas of its control groups (cgroups), as a container sets them. Pure: what reads files is given.

/** Undefined for a file that is not there. */
type ReadText = (path: string) => string | undefined;

/** Whole processors, at least 1. A file that is not there, or that cannot be understood, limits nothing. */
export function allowedProcessors(read: ReadText, otherwise: number): number {
  // Node's own number is only asked for what it alone knows: later Nodes count quotas in another way.
  const affinity = affinityOf(read('/proc/thread-self/status') ?? '') || otherwise;
  // It is rounded up, as Java and .NET do: of 1.5 processors the half one would otherwise not be used.
  return Math.max(1, Math.min(affinity, Math.ceil(leastQuota(read))));
}

/** `Cpus_allowed_list: 0-3,8` are five. */
function affinityOf(status: string): number | undefined {
  const list = /^Cpus_allowed_list:\s*(\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)\s*$/m.exec(status)?.[1];
  return list?.split(',').reduce((sum, range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return sum + Math.max(0, last - first + 1);
  }, 0);
}

/** A group may use no more than each of the groups that it lies in. */
function leastQuota(read: ReadText): number {
  const mounts = (read('/proc/self/mountinfo') ?? '').split('\n').map(mountOf);
  const quotas = (read('/proc/self/cgroup') ?? '').split('\n').flatMap((line) => {
    const [, number, controllers = '', path = ''] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    const isSecond = number === '0' && controllers === '';
    if (!isSecond && !controllers.split(',').includes('cpu')) return [];
    const quotaOf = isSecond ? quotaOfSecond : quotaOfFirst;
    return mounts
      .filter((mount) => (isSecond ? mount?.type === 'cgroup2' : mount?.type === 'cgroup' && mount.hasCpu))
      .flatMap((mount) => foldersOf(path, mount as Mount).map((folder) => quotaOf(folder, read)));
  });
  return Math.min(...quotas);
}

interface Mount {
  /** The group that is seen at `at`. */
  readonly root: string;
  readonly at: string;
  readonly type: string;
  readonly hasCpu: boolean;
}

/** `36 31 0:33 /root /mounted/at rw,… shared:1 - cgroup source rw,cpu,cpuacct` */
function mountOf(line: string): Mount | undefined {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , root, at] = before.split(' ');
  const [type = '', , options = ''] = after.split(' ');
  if (root === undefined || at === undefined) return undefined;
  return { root: plain(root), at: plain(at), type, hasCpu: options.split(',').includes('cpu') };
}

/** Blanks and the like stand there as `\040`. */
function plain(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
}

/** Returns the folders of the group itself and of all above it, as far up as the mount shows. */
function foldersOf(path: string, { root, at }: Mount): string[] {
  const top = root === '/' ? '' : root;
  // In a container the path may be that of the machine outside, and its own group is all that is mounted.
  const isSeen = path === root || path.startsWith(`${top}/`);
  const names = isSeen ? path.slice(top.length).split('/').filter(Boolean) : [];
  const inside = names.includes('..') ? [] : names;
  const base = at === '/' ? '' : at;
  return [base, ...inside.map((_, index) => [base, ...inside.slice(0, index + 1)].join('/'))];
}

/** `cpu.max` has a quota or `max`, and a period, both in microseconds. */
function quotaOfSecond(folder: string, read: ReadText): number {
  const [quota, period = '100000'] = (read(`${folder}/cpu.max`) ?? '').trim().split(/\s+/);
  return quotient(quota, period);
}

/** A quota of −1 stands for none. */
function quotaOfFirst(folder: string, read: ReadText): number {
  return quotient(read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`));
}

function quotient(quota = '', period = ''): number {
  if (![quota, period].every((text) => /^\d+$/.test(text.trim()))) return Number.POSITIVE_INFINITY;
  const processors = Number(quota) / Number(period);
  // 0 microseconds of time, or of a period, no kernel writes.
  return processors > 0 ? processors : Number.POSITIVE_INFINITY;
}
