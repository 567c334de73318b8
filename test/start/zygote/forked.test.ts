// A child that was forked from the zygote can do what any Node can, and is nobody's twin.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Process, Queue } from '../../../src/index';
import { isForkingPossible } from '../../../src/start/zygote/zygote';
import { nothingLeft } from '../../support/processes/nothing-left';

// Where it is not the default, too.
process.env.PARLAB_ZYGOTE = 'on';
const canFork = isForkingPossible();
const TOO_LONG_MS = 30_000;

/** Each fails by throwing, and ends by itself. */
const abilities: Record<string, () => unknown> = {
  'timers and immediates': async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => process.nextTick(resolve));
  },
  'files, through the thread pool': async () => {
    const fs = await import('node:fs/promises');
    const folder = await fs.mkdtemp('/tmp/parlab-forked-');
    await fs.writeFile(`${folder}/a`, 'text');
    const text = await fs.readFile(`${folder}/a`, 'utf8');
    await fs.rm(folder, { recursive: true });
    if (text !== 'text') throw new Error(text);
  },
  'a server and its client': async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const text = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    server.close();
    if (text !== 'hello') throw new Error(text);
  },
  'programs that it starts itself': async () => {
    const { spawn, execFileSync } = await import('node:child_process');
    const code = await new Promise((resolve) => spawn('sh', ['-c', 'exit 7']).once('exit', resolve));
    if (code !== 7) throw new Error(String(code));
    if (execFileSync('echo', ['hi']).toString() !== 'hi\n') throw new Error('echo');
    const arguments_ = execFileSync(process.execPath, [
      ...process.execArgv,
      '-e',
      'console.log(process.execArgv.length - 2)',
    ]);
    if (arguments_.toString() !== `${process.execArgv.length}\n`) throw new Error(arguments_.toString());
  },
  'a worker thread': async () => {
    const { Worker } = await import('node:worker_threads');
    const worker = new Worker(
      'const { parentPort, workerData } = require("node:worker_threads"); parentPort.postMessage(workerData + 1); ',
      { eval: true, workerData: 1 },
    );
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const answer = await new Promise((resolve) => worker.once('message', resolve));
    if (answer !== 2) throw new Error(String(answer));
    await ended;
  },
  'ES modules': async () => {
    const { basename } = await import('node:path');
    const made = (await import(`data:text/javascript,${'export const x = await Promise.resolve(3)'}`)) as {
      x: number;
    };
    if (basename('/a/b') !== 'b' || made.x !== 3) throw new Error('import');
  },
  WebAssembly: async () => {
    // fib(n), which calls itself
    const code = 'AGFzbQEAAAABBgFgAX8BfwMCAQAHBwEDZmliAAAKHgEcACAAQQJIBH8gAAUgAEEBaxAAIABBAmsQAGoLCw==';
    const { WebAssembly } = globalThis as unknown as {
      WebAssembly: {
        instantiate(code: Buffer): Promise<{ instance: { exports: { fib(n: number): number } } }>;
      };
    };
    const { fib } = (await WebAssembly.instantiate(Buffer.from(code, 'base64'))).instance.exports;
    if (fib(25) !== 75025) throw new Error('fib');
  },
  'the inspector': async () => {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    session.post('Runtime.evaluate', { expression: '6 * 7' }, (_error, { result }) => {
      if (result.value !== 42) throw new Error('inspector');
    });
    session.disconnect();
  },
  'cryptography, compression and names': async () => {
    const { pbkdf2, createHash } = await import('node:crypto');
    const { promisify } = await import('node:util');
    const { gzip, gunzip } = await import('node:zlib');
    const { lookup } = await import('node:dns/promises');
    await promisify(pbkdf2)('a', 'b', 1000, 32, 'sha256');
    createHash('sha256').update('a').digest();
    const packed = await promisify(gzip)(Buffer.alloc(1e6, 1));
    if ((await promisify(gunzip)(packed)).length !== 1e6) throw new Error('zlib');
    await lookup('localhost');
  },
  'much memory, and its return': () => {
    let last: unknown[] = [];
    const seen = new FinalizationRegistry(() => {});
    for (let round = 0; round < 50; round++) {
      last = Array.from({ length: 1e5 }, (_, i) => ({ i, text: `item ${i}`, last: i % 1000 === 0 ? [] : 0 }));
      seen.register(last, round);
    }
    const buffers = Array.from({ length: 20 }, () => new Uint8Array(5e6).fill(1));
    if (last.length !== 1e5 || buffers.length !== 20) throw new Error('memory');
  },
  'Atomics.waitAsync, structuredClone and Intl': async () => {
    const words = new Int32Array(new SharedArrayBuffer(4));
    const wait = Atomics as unknown as {
      waitAsync(words: Int32Array, index: number, value: number): { value: Promise<string> };
    };
    const woken = wait.waitAsync(words, 0, 0).value;
    Atomics.notify(words, 0);
    if ((await woken) !== 'ok') throw new Error('waitAsync');
    structuredClone(new Map([[1, new Date()]]));
    new Intl.NumberFormat('de').format(1.5);
  },
  signals: async () => {
    const heard = new Promise((resolve) => process.once('SIGUSR2', resolve));
    process.kill(process.pid, 'SIGUSR2');
    const alive = setInterval(() => {}, 1000);
    await heard;
    clearInterval(alive);
  },
  'its own pid, title, clock and standard input': () => {
    if (process.pid !== Number(require('node:fs').readlinkSync('/proc/self'))) throw new Error('pid');
    process.title = 'renamed';
    if (!(performance.now() >= 0) || process.stdin.fd !== 0) throw new Error('clock');
  },
};

for (const [what, target] of Object.entries(abilities)) {
  test(`has ${what}`, { skip: !canFork }, async () => {
    const child = new Process({ target });
    child.start();
    await child.join({ timeout: TOO_LONG_MS });
    if (child.isAlive()) child.kill();
    assert.equal(child.exitcode, 0);
  });
}

test('a process is forked, and starts processes of its own', { skip: !canFork }, async () => {
  const queue = new Queue<[number, string]>();
  const tell = () => {
    queue.putSync([process.pid, readFileSync(`/proc/${process.pid}/cmdline`, 'latin1')]);
  };
  const child = new Process({
    target: () => {
      tell();
      const nested = new Process({ target: tell });
      nested.start();
      nested.joinSync();
      process.exitCode = nested.exitcode ?? 99;
    },
  });
  child.start();
  const [first, second] = [
    await queue.get({ timeout: TOO_LONG_MS }),
    await queue.get({ timeout: TOO_LONG_MS }),
  ];
  await child.join();
  assert.equal(child.exitcode, 0);
  assert.equal(first[0], child.pid);
  for (const [, commandLine] of [first, second]) assert.match(commandLine, /zygote/);
});

test('twenty processes draw different random numbers', { skip: !canFork }, async () => {
  const queue = new Queue<(string | number)[]>();
  const draw = async (before: number) => {
    const vm = await import('node:vm');
    // Each takes a number from the generator of which those of Math.random() come.
    for (const seen = new WeakSet(); before > 0; before--) seen.add({});
    queue.putSync([
      Math.random(),
      vm.runInNewContext('Math.random()') as number,
      randomUUID(),
      randomBytes(8).toString('hex'),
      crypto.getRandomValues(new Uint32Array(2)).join(),
    ]);
  };
  const children = Array.from({ length: 20 }, (_, i) => new Process({ target: draw, args: [i] }));
  for (const child of children) child.start();
  const drawn: (string | number)[][] = [];
  while (drawn.length < 20) drawn.push(await queue.get({ timeout: TOO_LONG_MS }));
  for (const child of children) await child.join();
  for (let kind = 0; kind < 5; kind++) assert.equal(new Set(drawn.map((each) => each[kind])).size, 20);
});

const ends: [what: string, target: () => unknown, exitcode: number][] = [
  ['process.exit() in the middle', () => process.exit(3), 3],
  ['process.exitCode', () => Object.assign(process, { exitCode: 4 }), 4],
  ["an 'exit' listener's word", () => process.on('exit', () => Object.assign(process, { exitCode: 5 })), 5],
  ['process.abort()', () => process.abort(), -6],
  ['a rejection that nobody handles', () => void Promise.reject(new Error('quiet')), 1],
  [
    'an error that nobody is left to hear of',
    () => {
      process.removeAllListeners('uncaughtException');
      setImmediate(() => {
        throw new Error('unheard');
      });
    },
    1,
  ],
  [
    "work begun by 'beforeExit', which is told again afterwards",
    () => {
      let times = 0;
      process.on('beforeExit', () => {
        if (++times < 3) setTimeout(() => {}, 1);
        else process.exitCode = times + 5;
      });
    },
    8,
  ],
  [
    'a full garbage collection before it runs out of work',
    async () => {
      const v8 = await import('node:v8');
      const vm = await import('node:vm');
      v8.setFlagsFromString('--expose-gc');
      (vm.runInNewContext('gc') as () => void)();
      await new Promise((resolve) => setTimeout(resolve, 5));
      process.exitCode = 9;
    },
    9,
  ],
];

for (const [what, target, exitcode] of ends) {
  test(`ends with ${exitcode} by ${what}`, { skip: !canFork }, async () => {
    const child = new Process({ target });
    child.start();
    await child.join({ timeout: TOO_LONG_MS });
    if (child.isAlive()) child.kill();
    assert.equal(child.exitcode, exitcode);
  });
}

after(nothingLeft);
