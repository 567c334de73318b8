// Test runners of other people, with ParLab in their tests.

/** One test in an empty folder, where ParLab is installed, too. */
export interface TestRun {
  name: string;
  packages: string[];
  files: Record<string, string>;
  commands: string[][];
}

const tests = `it('a pool', async () => {
  const pool = new Pool({ processes: 2 });
  expect(await pool.map((n) => n * 2, [1, 2, 3])).toEqual([2, 4, 6]);
  await expect(pool.apply(() => { throw new RangeError('far'); })).rejects.toThrow(RangeError);
  pool.close();
  await pool.join();
});
it('a child, a lock and a queue', async () => {
  const queue = new Queue();
  const lock = new Lock();
  const child = new Process({ target: async () => { await lock.with(() => queue.putSync({ a: [7] })); } });
  child.start();
  expect(await queue.get()).toEqual({ a: [7] });
  await child.join();
  expect(child.exitcode).toBe(0);
});
`;
const names = '{ Lock, Pool, Process, Queue }';

export const testRuns: readonly TestRun[] = [
  {
    name: 'vitest around the library',
    packages: ['vitest'],
    files: {
      'some.test.ts': `import { expect, it } from 'vitest';\nimport ${names} from 'parlab';\n${tests}`,
    },
    commands: ['forks', 'threads', 'vmThreads', 'vmForks'].map((pool) => ['vitest', 'run', `--pool=${pool}`]),
  },
  {
    name: 'jest around the library',
    packages: ['jest'],
    files: { 'some.test.js': `const ${names} = require('parlab');\n${tests}` },
    commands: [['jest'], ['jest', '--runInBand']],
  },
];
