import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conversion } from '../../kernel/conversations/cells';
import { imageOf, isUsable, makeImage } from '../../kernel/kernel-process/compiler/image';
import { RemoteCells } from '../../kernel/kernel-process/compiler/remote-cells';
import { nothingLeft } from '../support/processes/nothing-left';

const cache = mkdtempSync(join(tmpdir(), 'parlab-cache-'));
const directory = mkdtempSync(join(tmpdir(), 'parlab-notebook-'));
const image = imageOf(cache);

before(async () => {
  process.env.PARLAB_CACHE = cache;
  // Of one who was killed while he made it: no process has this number.
  for (const end of ['', '.js']) writeFileSync(`${image.file}.${2 ** 22 + 1}${end}`, 'half');
  // Of a Node that nobody has any more.
  const old = join(cache, 'old.image');
  writeFileSync(old, 'an image');
  utimesSync(old, 0, 0);
  assert.equal(await makeImage(image).done, true);
});

after(() => {
  for (const folder of [cache, directory]) rmSync(folder, { recursive: true });
});
after(nothingLeft);

async function withCells<T>(use: (cells: RemoteCells) => Promise<T>): Promise<T> {
  const cells = new RemoteCells({ directory });
  try {
    return await use(cells);
  } finally {
    await cells.close();
  }
}

/** In the kernel's clock ticks of 10 ms. */
function processorTimeMs(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 60; looks++) if (await holds()) return;
  assert.fail('It did not come about.');
}

function message(conversion: Conversion): string | undefined {
  return conversion.ok ? undefined : conversion.diagnostics[0]?.message;
}

test('Making an image leaves the image and its stamps, and nothing else, also of one that was cut off', () => {
  assert.equal(readdirSync(cache).length, 2);
  assert.equal(isUsable(image), true);
});

test('A compiler thawed from the image checks types across cells and knows parlab', async () => {
  await withCells(async (cells) => {
    const declared = await cells.convert('let count: number = 1;', { cell: 1 });
    assert.equal(declared.ok, true);
    assert.match(message(await cells.convert("count = 'one'", { cell: 2 })) ?? '', /not assignable/);
    const start = "import { Process } from 'parlab';\nnew Process({ target: () => count }).pid";
    assert.equal((await cells.convert(start, { cell: 3 })).ok, true);
    const { completions } = await cells.complete('cou', 3);
    assert.ok(completions.some(({ text }) => text === 'count'));
    assert.match((await cells.inspect('count', 2))?.text ?? '', /number/);
    assert.equal((await cells.isComplete('if (true) {')).status, 'incomplete');
    assert.deepEqual((await cells.commandLines('!npm ls')).commands, ['npm ls']);
  });
  assert.equal(isUsable(image), true, 'it was used, not thrown away');
});

test('forget() makes the compiler forget what cells declared', async () => {
  await withCells(async (cells) => {
    await cells.convert('const once = 1;', { cell: 1 });
    cells.forget();
    assert.match(message(await cells.convert('once', { cell: 2 })) ?? '', /Cannot find name 'once'/);
  });
});

test('A compiler that nobody asks rehearses for a while, of which a notebook sees nothing', async () => {
  await withCells(async (cells) => {
    await cells.convert('const mine = 1;', { cell: 1 });
    const usedMs = () => processorTimeMs(cells.pid as number);
    const beforeMs = usedMs();
    await waitUntil(async () => {
      const thenMs = usedMs();
      await sleep(1000);
      return thenMs > beforeMs + 100 && usedMs() === thenMs;
    });
    assert.match(
      message(await cells.convert('area(mine, mine)', { cell: 2 })) ?? '',
      /Cannot find name 'area'/,
    );
    assert.equal((await cells.convert('class Circle {}\nmine', { cell: 3 })).ok, true);
  });
});

test("V8's options in NODE_OPTIONS, which no image can start with, cost it nothing", async () => {
  process.env.NODE_OPTIONS = '--max-old-space-size=600';
  try {
    await withCells(async (cells) => {
      assert.equal((await cells.convert('1 + 1', { cell: 1 })).ok, true);
    });
  } finally {
    delete process.env.NODE_OPTIONS;
  }
  assert.equal(isUsable(image), true, 'it was used, not thrown away');
});

test('The image holds no types of the compiler itself, which no cell asks for', () => {
  const files = JSON.parse(readFileSync(image.stampsFile, 'utf8')) as [path: string, mtimeMs: number][];
  assert.deepEqual(
    files.filter(([path]) => path.endsWith('/typescript.d.ts')),
    [],
  );
});

test('A compiler that dies is replaced by one that knows the earlier cells', async () => {
  await withCells(async (cells) => {
    await cells.convert('const kept: string = "here";', { cell: 1 });
    process.kill(cells.pid as number, 'SIGKILL');
    const lost = await cells.convert('kept', { cell: 2 }).catch((error: Error) => error.message);
    if (typeof lost === 'string') assert.match(lost, /compiler ended \(SIGKILL\)/);
    assert.match(message(await cells.convert('kept.nothing', { cell: 3 })) ?? '', /'nothing' does not exist/);
    assert.equal((await cells.convert('kept.length', { cell: 4 })).ok, true);
  });
});

test('A cell that is interrupted while it is compiled declares nothing, and what is asked behind it is answered', async () => {
  await withCells(async (cells) => {
    await cells.convert('const kept = 1;', { cell: 1 });
    const interrupted = cells.convert('const gone = kept;', { cell: 2 });
    const inspected = cells.inspect('kept', 2);
    cells.interrupt();
    const behind = cells.convert('kept', { cell: 3 });
    await assert.rejects(interrupted, /interrupted/);
    await inspected;
    assert.equal((await behind).ok, true);
    assert.match(message(await cells.convert('gone', { cell: 4 })) ?? '', /Cannot find name 'gone'/);
    assert.equal((await cells.convert('kept', { cell: 5 })).ok, true);
  });
});

test('A cell that is interrupted while it is compiled is taken back, and its compiler stays', async () => {
  await withCells(async (cells) => {
    await cells.convert("const kept = 1; type Kept = 'a';", { cell: 1 });
    const { pid } = cells;
    for (const [round, slip] of ['', 'const wrong: number = "";'].entries()) {
      const interrupted = cells.convert(`const kept = 'x', gone = 1; type Kept = 'b'; ${slip}`, { cell: 2 });
      cells.interrupt();
      cells.interrupt();
      const answer = await interrupted.catch((error: Error) => error.name);
      assert.equal(answer, 'KeyboardInterrupt', `round ${round}`);
      assert.match(message(await cells.convert('gone', { cell: 3 })) ?? '', /Cannot find name 'gone'/);
      assert.equal(
        (await cells.convert("kept + 1 satisfies number; 'a' satisfies Kept", { cell: 4 })).ok,
        true,
      );
    }
    assert.equal(cells.pid, pid);
  });
});

test('A compiler that is killed before it is ready leaves its image', async () => {
  await withCells(async (cells) => {
    cells.prepare();
    process.kill(cells.pid as number, 'SIGKILL');
    assert.equal((await cells.convert('1 + 1', { cell: 1 })).ok, true);
  });
  const cells = new RemoteCells({ directory });
  cells.prepare();
  await cells.close();
  assert.equal(isUsable(image), true);
});

test('What is asked after close() is refused', async () => {
  const cells = new RemoteCells({ directory });
  await cells.close();
  await assert.rejects(cells.convert('1', { cell: 1 }), /kernel is ending/);
});

test('An image that others could have written is not used', () => {
  const modes: [path: string, others: number, own: number][] = [
    [image.file, 0o666, 0o600],
    [image.stampsFile, 0o666, 0o600],
    [dirname(image.file), 0o777, 0o1777],
    [dirname(image.file), 0o770, 0o700],
  ];
  for (const [path, others, own] of modes) {
    chmodSync(path, others);
    assert.equal(isUsable(image), false, path);
    chmodSync(path, own);
    assert.equal(isUsable(image), true, path);
  }
});

test('A file that changed makes the image useless', () => {
  const stamps = readFileSync(image.stampsFile, 'utf8');
  const [first] = JSON.parse(stamps) as [string, number][];
  writeFileSync(image.stampsFile, JSON.stringify([[first?.[0], 1]]));
  assert.equal(isUsable(image), false);
  writeFileSync(image.stampsFile, stamps);
  assert.equal(isUsable(image), true);
});

test('A broken image is removed, and the cell compiled without it', async () => {
  writeFileSync(image.stampsFile, '[]', { mode: 0o600 });
  writeFileSync(image.file, 'no image at all', { mode: 0o600 });
  assert.equal(isUsable(image), true);
  await withCells(async (cells) => {
    assert.equal((await cells.convert('1 + 1', { cell: 1 })).ok, true);
  });
  assert.deepEqual(readdirSync(cache), []);
});
