// `parlab doctor`: what ParLab finds on this machine, and what to do about what is missing.
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cpuCount } from 'parlab';
import { ffiStatus } from 'parlab/host';
import { userDataFolder } from '../../jupyter-paths';
import { installation } from '../../package-root';
import { adviceForJupyter } from '../jupyter/require-jupyter';
import { DEFAULT_NAME, isOurs } from '../kernelspec/kernel-json';
import type { Python } from '../set-up/python.mjs';

interface Finding {
  what: string;
  found: string;
  /** What to do; absent when nothing is wrong. */
  advice?: string;
}

const OLDEST_NODE = [20, 19] as const;
const COMFORTABLE_MEMORY_BYTES = 1.5 * 2 ** 30;

/** Resolves with 0 when everything that ParLab needs is there. */
export async function doctor(): Promise<number> {
  const findings = [node(), ...(await python()), cores(), memory(), ...processes(), kernelspec()];
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, found, advice } of findings) {
    process.stdout.write(`${advice ? '✗' : '✓'} ${what.padEnd(width)}  ${found}\n`);
    if (advice) process.stdout.write(`  ${' '.repeat(width)}  → ${advice}\n`);
  }
  const missing = findings.filter(({ advice }) => advice).length;
  process.stdout.write(missing === 0 ? '\nEverything is there.\n' : `\n${missing} to look at.\n`);
  return missing === 0 ? 0 : 1;
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    what: 'Node.js',
    found: `${process.versions.node} (${process.execPath})`,
    ...(recent ? {} : { advice: `install Node.js ${OLDEST_NODE.join('.')} or newer.` }),
  };
}

async function python(): Promise<Finding[]> {
  const { findJupyter } = await import('../set-up/python.mjs');
  const { jupyter, asked } = await findJupyter(installation);
  const best: Python | undefined = jupyter ?? asked[0];
  return [
    best
      ? { what: 'Python', found: `${best.version} (${best.from}: ${best.file})` }
      : { what: 'Python', found: 'none from 3.9 on', advice: 'install Python 3 with its venv module.' },
    jupyter
      ? { what: 'JupyterLab', found: String(jupyter.jupyterlab) }
      : { what: 'JupyterLab', found: best?.jupyterlab ?? 'none', advice: adviceForJupyter() },
  ];
}

function cores(): Finding {
  const count = cpuCount();
  const found = count === 1 ? '1: processes take turns, so work that computes gets no faster' : String(count);
  return { what: 'Cores', found };
}

function memory(): Finding {
  // In a container os.totalmem() is the machine's; the limit is what counts.
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < os.totalmem() ? limit : os.totalmem();
  const found = `${(total / 2 ** 30).toFixed(1)} GiB`;
  if (total >= COMFORTABLE_MEMORY_BYTES) return { what: 'Memory', found };
  return { what: 'Memory', found, advice: 'start few processes at a time: each takes about 50 MiB.' };
}

function processes(): Finding[] {
  const { available, reason } = ffiStatus();
  if (available) {
    return [
      { what: 'Shared memory', found: 'mapped between processes' },
      { what: 'Start methods', found: 'process, thread' },
    ];
  }
  return [
    {
      what: 'Shared memory',
      found: `not between processes, because ${reason}`,
      advice: 'use the start method "thread", which works without it (PARLAB_START_METHOD=thread).',
    },
    { what: 'Start methods', found: 'thread' },
  ];
}

/** Not being installed is no fault: `npm start` and `parlab lab` bring their own. */
function kernelspec(): Finding {
  const folder = path.join(userDataFolder(), 'kernels', DEFAULT_NAME);
  const what = 'Kernel for other Jupyters';
  let spec: unknown;
  try {
    spec = JSON.parse(readFileSync(path.join(folder, 'kernel.json'), 'utf8'));
  } catch {
    return { what, found: 'not installed ("parlab install" does)' };
  }
  return isOurs(spec)
    ? { what, found: folder }
    : { what, found: `${folder} belongs to another program`, advice: 'install ours under another --name.' };
}
