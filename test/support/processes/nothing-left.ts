// The last check of every test file: no process, thread or file of ours is left. Use: after(nothingLeft).
//
// Importing it marks every process that descends from this one, also orphans, and gives them a temporary folder of their own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endExplorer } from '../../../src/explore/explorer/explorer';
import { emptyStock } from '../../../src/start/stock';

const MARK = 'PARLAB_TEST_FILE';
const GRACE_MS = 4000;
/** Node and its tools keep caches here on purpose. */
const CACHES = new Set(['node-compile-cache', `v8-compile-cache-${process.getuid?.()}`]);

// Short, because a socket's path may have 107 bytes.
const folder = mkdtempSync(join(tmpdir(), 'pl-'));
const mark = folder;
process.env[MARK] = mark;
process.env.TMPDIR = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export async function nothingLeft(): Promise<void> {
  endExplorer();
  emptyStock();
  const deadline = Date.now() + GRACE_MS;
  let left = whatIsLeft();
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(50);
    left = whatIsLeft();
  }
  assert.deepEqual(left, [], 'a test left something behind');
}

function whatIsLeft(): string[] {
  return [
    ...process.getActiveResourcesInfo().filter((kind) => kind === 'Worker' || kind === 'ProcessWrap'),
    ...descendants().map((line) => `process ${line}`),
    ...entries(folder)
      .filter((name) => !CACHES.has(name))
      .map((name) => join(folder, name)),
    ...entries('/dev/shm')
      .filter((name) => name.includes('parlab'))
      .map((name) => join('/dev/shm', name)),
  ];
}

/** Every living process that inherited our mark (Linux), else our direct children. */
function descendants(): string[] {
  if (process.platform !== 'linux') return directChildren();
  const found: string[] = [];
  for (const pid of entries('/proc')) {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${mark}\0`)) continue;
      if (/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))) continue;
      found.push(
        `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').slice(0, 200)}`,
      );
    } catch {
      // It ended while we looked, or is another user's.
    }
  }
  return found;
}

function directChildren(): string[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => {
    const [, ppid, state, command] = line.trim().split(/\s+/);
    return ppid === String(process.pid) && !state?.startsWith('Z') && command !== 'ps';
  });
}

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
