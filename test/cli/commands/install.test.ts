import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { userDataFolder } from '../../../kernel/jupyter-paths';
import { mainProgram } from '../../../kernel/package-root';
import { parlab } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

let prefix = '';
beforeEach(() => {
  if (prefix) rmSync(prefix, { recursive: true });
  prefix = mkdtempSync(path.join(tmpdir(), 'prefix-'));
});
after(async () => {
  rmSync(prefix, { recursive: true });
  await nothingLeft();
});

const kernels = (): string => path.join(prefix, 'share', 'jupyter', 'kernels');
const spec = (name: string) => JSON.parse(readFileSync(path.join(kernels(), name, 'kernel.json'), 'utf8'));

test('install writes a kernelspec that starts this installation with this Node, from anywhere', async () => {
  assert.equal((await parlab(['install', '--prefix', prefix])).code, 0);
  assert.deepEqual(spec('parlab'), {
    argv: [process.execPath, mainProgram, 'kernel', '{connection_file}'],
    display_name: 'TypeScript (ParLab)',
    language: 'typescript',
    interrupt_mode: 'message',
    kernel_protocol_version: '5.5',
    metadata: { debugger: true, supported_encryption: ['curve'] },
  });
  assert.ok(path.isAbsolute(process.execPath) && existsSync(mainProgram));
});

test('install brings three logos: PNG of 32 and 64 pixels, and SVG', async () => {
  await parlab(['install', '--prefix', prefix]);
  const folder = path.join(kernels(), 'parlab');
  assert.deepEqual(readdirSync(folder).sort(), [
    'kernel.json',
    'logo-32x32.png',
    'logo-64x64.png',
    'logo-svg.svg',
  ]);
  for (const size of [32, 64]) {
    const png = readFileSync(path.join(folder, `logo-${size}x${size}.png`));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    // The header holds width and height.
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
  }
  assert.match(readFileSync(path.join(folder, 'logo-svg.svg'), 'utf8'), /^<svg /);
});

test('--name and --display-name give a second kernel beside the first', async () => {
  await parlab(['install', '--prefix', prefix]);
  await parlab(['install', '--prefix', prefix, '--name', 'Mine', '--display-name', 'My TypeScript']);
  assert.deepEqual(readdirSync(kernels()).sort(), ['mine', 'parlab']);
  assert.equal(spec('mine').display_name, 'My TypeScript');
});

test('without an option it installs for this user, where JUPYTER_DATA_DIR says', async () => {
  const ended = await parlab(['install'], {
    env: { ...process.env, JUPYTER_DATA_DIR: path.join(prefix, 'data') },
  });
  assert.equal(ended.code, 0);
  assert.ok(existsSync(path.join(prefix, 'data', 'kernels', 'parlab', 'kernel.json')));
});

test('--sys-prefix installs into the active environment', async () => {
  const ended = await parlab(['install', '--sys-prefix'], { env: { ...process.env, VIRTUAL_ENV: prefix } });
  assert.equal(ended.code, 0);
  assert.equal(spec('parlab').language, 'typescript');
});

test('uninstall takes away what install wrote, and only that', async () => {
  await parlab(['install', '--prefix', prefix]);
  await parlab(['install', '--prefix', prefix, '--name', 'other']);
  assert.equal((await parlab(['uninstall', '--prefix', prefix])).code, 0);
  assert.deepEqual(readdirSync(kernels()), ['other']);
});

test('uninstall of a kernel that is not there says so', async () => {
  const ended = await parlab(['uninstall', '--prefix', prefix]);
  assert.equal(ended.code, 1);
  assert.equal(ended.stderr, `parlab: There is no kernelspec "parlab" in ${kernels()}.\n`);
});

test("uninstall leaves another program's kernel alone", async () => {
  const folder = path.join(kernels(), 'tslab');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'kernel.json'), '{"argv":["tslab","kernel"],"display_name":"TS"}');
  const ended = await parlab(['uninstall', '--prefix', prefix, '--name', 'tslab']);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /belongs to another kernel, so it stays/);
  assert.ok(existsSync(folder));
});

const refused = [
  { args: ['--name', 'a/b'], sentence: /"a\/b" is no name for a kernel/ },
  { args: ['--name', '..'], sentence: /"\.\." is no name for a kernel/ },
  { args: ['--user'], sentence: /one of --user, --sys-prefix and --prefix, not several/ },
];
for (const { args, sentence } of refused) {
  test(`install --prefix … ${args.join(' ')} is refused in a sentence`, async () => {
    const ended = await parlab(['install', '--prefix', prefix, ...args]);
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, sentence);
    assert.deepEqual(readdirSync(prefix), []);
  });
}

test("the user's folder is the one that Jupyter looks in, on each system", () => {
  const HOME = '/home/ada';
  assert.equal(userDataFolder({ HOME }, 'linux'), '/home/ada/.local/share/jupyter');
  assert.equal(userDataFolder({ HOME, XDG_DATA_HOME: '/data' }, 'linux'), '/data/jupyter');
  assert.equal(userDataFolder({ HOME }, 'darwin'), '/home/ada/Library/Jupyter');
  assert.equal(userDataFolder({ HOME, JUPYTER_DATA_DIR: '/jupyter' }, 'linux'), '/jupyter');
});
