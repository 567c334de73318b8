// cpuCount() follows affinity and the quotas of control groups: every shape of their files, and a real quota.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { allowedProcessors } from '../../src/system/processor-quota';
import { nothingLeft } from '../support/processes/nothing-left';

const status = (list: string) => ({
  '/proc/thread-self/status': `Name:\tnode\nCpus_allowed_list:\t${list}\n`,
});
const eight = status('0-7');
const second = (path: string, root = '/', at = '/sys/fs/cgroup') => ({
  ...eight,
  '/proc/self/cgroup': `0::${path}\n`,
  '/proc/self/mountinfo': `24 1 0:22 / /proc rw - proc proc rw\n30 23 0:26 ${root} ${at} rw,nosuid shared:4 - cgroup2 cgroup2 rw\n`,
});
const first = (path: string, root = '/', controllers = 'cpu,cpuacct') => ({
  ...eight,
  '/proc/self/cgroup': `5:memory:/elsewhere\n4:${controllers}:${path}\n1:name=systemd:${path}\n`,
  '/proc/self/mountinfo': [
    '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
    `33 31 0:30 ${root} /sys/fs/cgroup/cpu rw - cgroup cgroup rw,${controllers}`,
    '37 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd',
  ].join('\n'),
});
const quota = (folder: string, quotaUs: number, periodUs = 100_000) => ({
  [`/sys/fs/cgroup/cpu${folder}/cpu.cfs_quota_us`]: `${quotaUs}\n`,
  [`/sys/fs/cgroup/cpu${folder}/cpu.cfs_period_us`]: `${periodUs}\n`,
});
const max = (folder: string, text: string) => ({ [`/sys/fs/cgroup${folder}/cpu.max`]: text });

const trees: [what: string, files: Record<string, string>, processors: number][] = [
  ['no files at all', {}, 16],
  ['no control groups', eight, 8],
  ['one processor allowed', status('3'), 1],
  ['ranges and single processors', status('0-3,8,10-11'), 7],
  ['a list that is none', status('some'), 16],
  ['an empty list', status(''), 16],
  ['version 2, without a limit', { ...second('/'), ...max('', 'max 100000\n') }, 8],
  ['version 2, two processors', { ...second('/a'), ...max('/a', '200000 100000\n') }, 2],
  ['version 2, a fraction is rounded up', { ...second('/a'), ...max('/a', '150000 100000\n') }, 2],
  ['version 2, less than one', { ...second('/a'), ...max('/a', '10000 100000\n') }, 1],
  ['version 2, another period', { ...second('/a'), ...max('/a', '60000 20000\n') }, 3],
  ['version 2, more than there are', { ...second('/a'), ...max('/a', '6400000 100000\n') }, 8],
  [
    'version 2, fewer allowed than the quota',
    { ...second('/a'), ...max('/a', '400000 100000\n'), ...status('0-1') },
    2,
  ],
  [
    'version 2, the least of all above',
    {
      ...second('/a/b/c'),
      ...max('/a', '300000 100000'),
      ...max('/a/b', '500000 100000'),
      ...max('/a/b/c', 'max 100000'),
    },
    3,
  ],
  [
    'version 2, the innermost is the least',
    { ...second('/a/b'), ...max('/a', '600000 100000'), ...max('/a/b', '100000 100000') },
    1,
  ],
  ['version 2, a neighbour does not matter', { ...second('/a'), ...max('/b', '100000 100000') }, 8],
  ['version 2, in a container', { ...second('/'), ...max('', '250000 100000\n') }, 3],
  [
    'version 2, the path of the machine outside',
    { ...second('/docker/1', '/docker/1'), ...max('', '200000 100000') },
    2,
  ],
  [
    'version 2, a group outside of what is mounted',
    { ...second('/../other', '/'), ...max('', '200000 100000') },
    2,
  ],
  [
    'version 2, a name that only begins alike',
    { ...second('/docker/12', '/docker/1'), ...max('', '200000 100000') },
    2,
  ],
  [
    'version 2, mounted at a name with a blank',
    { ...second('/a', '/', '/my\\040groups'), '/my groups/a/cpu.max': '200000 100000' },
    2,
  ],
  ['version 2, a quota without a period', { ...second('/a'), ...max('/a', '200000\n') }, 2],
  ...[
    '',
    '\n',
    'max',
    'many 100000',
    '-1 100000',
    '0 100000',
    '100000 0',
    '1e5 1e5',
    '0x10 16',
    'NaN NaN',
  ].map((text): [string, Record<string, string>, number] => [
    `version 2, cpu.max says ${JSON.stringify(text)}`,
    { ...second('/a'), ...max('/a', text) },
    8,
  ]),
  ['version 1, without a limit', { ...first('/a'), ...quota('/a', -1) }, 8],
  ['version 1, two processors', { ...first('/a'), ...quota('/a', 200_000) }, 2],
  ['version 1, a fraction is rounded up', { ...first('/a'), ...quota('/a', 110_000, 50_000) }, 3],
  [
    'version 1, its controllers in another order',
    { ...first('/a', '/', 'cpuacct,cpu'), ...quota('/a', 200_000) },
    2,
  ],
  [
    'version 1, the least of all above',
    { ...first('/a/b'), ...quota('', -1), ...quota('/a', 300_000), ...quota('/a/b', 500_000) },
    3,
  ],
  [
    'version 1, the path of the machine outside',
    { ...first('/docker/1', '/docker/1'), ...quota('', 200_000) },
    2,
  ],
  ['version 1, no period', { ...first('/a'), ...quota('/a', 200_000, 0) }, 8],
  [
    'both versions, the quota in the first',
    {
      ...first('/a'),
      '/proc/self/cgroup': '4:cpu:/a\n0::/\n',
      '/proc/self/mountinfo':
        '32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n',
      ...quota('/a', 300_000),
    },
    3,
  ],
  [
    'files that are broken',
    { ...eight, '/proc/self/cgroup': ':::\n0:\n\0', '/proc/self/mountinfo': '- - -\n1 2\n' },
    8,
  ],
];

for (const [what, files, processors] of trees) {
  test(what, () =>
    assert.equal(
      allowedProcessors((path) => files[path], 16),
      processors,
    ),
  );
}

const PROGRAM = `
require('node:fs').writeFileSync(process.argv[1], String(process.pid));
const { cpuCount, getContext } = require(${JSON.stringify(require.resolve('parlab'))});
const { stockSize } = require(${JSON.stringify(require.resolve('../../src/start/stock'))});
console.log(cpuCount(), getContext().cpuCount(), stockSize(undefined, 2 ** 36, false));
`;

test('a real quota of half a processor is one processor', (t) => {
  const group = groupWithQuota(50_000, 100_000);
  if (group === undefined) return t.skip('no control group can be made here');
  try {
    const printed = execFileSync(process.execPath, ['-e', PROGRAM, join(group, 'cgroup.procs')], {
      encoding: 'utf8',
    });
    assert.equal(printed, '1 1 1\n');
  } finally {
    rmdirSync(group);
  }
});

/** A group within this process's own, in either version; undefined where that is not allowed. */
function groupWithQuota(quotaUs: number, periodUs: number): string | undefined {
  for (const [line, base, file, text] of [
    [/^0::(.*)$/m, '/sys/fs/cgroup', 'cpu.max', `${quotaUs} ${periodUs}`],
    [/^\d+:(?:.*,)?cpu(?:,.*)?:(.*)$/m, '/sys/fs/cgroup/cpu', 'cpu.cfs_quota_us', `${quotaUs}`],
  ] as const) {
    const own = join(base, line.exec(ownGroups())?.[1] ?? '/');
    // Elsewhere a folder could be made that is no group.
    if (!existsSync(join(own, 'cgroup.procs'))) continue;
    const group = join(own, `parlab-test-${process.pid}`);
    try {
      mkdirSync(group);
    } catch {
      continue;
    }
    if (existsSync(join(group, file))) {
      writeFileSync(join(group, file), text);
      return group;
    }
    rmdirSync(group);
  }
  return undefined;
}

function ownGroups(): string {
  try {
    return readFileSync('/proc/self/cgroup', 'utf8');
  } catch {
    return '';
  }
}

after(nothingLeft);
