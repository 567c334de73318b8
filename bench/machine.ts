// What the figures were measured on.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { cpuCount } from '../src/index';
import { pythonFile, root } from './contenders';

const libraries = ['piscina', 'tinypool', 'workerpool', 'poolifier', 'threads'];

export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpuCount()} cores of ${model}, ${memory}, ${type()} ${release()} (${process.arch})`;
}

export function describeVersions(): string {
  const python = execFileSync(pythonFile, ['--version'], { encoding: 'utf8' }).trim();
  const peers = libraries.map((name) => `${name} ${versionIn(join('bench', 'node_modules', name))}`);
  return [`ParLab ${versionIn('.')}`, `Node.js ${process.versions.node}`, python, ...peers].join(', ');
}

function versionIn(folder: string): string {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).version;
}
