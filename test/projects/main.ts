// `npm run projects`: installs packages of other people into empty folders and uses each as its own page says,
// from a notebook, from its children and in test runners. It takes minutes and needs the network, so it is no
// part of the tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { libraryCode, mainProgram } from '../../kernel/package-root';
import { type Project, projects } from './projects';
import { type TestRun, testRuns } from './test-runs';

const MOST_MS = 300_000;
const LAST_CHARACTERS = 3000;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const home = mkdtempSync(join(tmpdir(), 'parlab-projects-'));
let packed: string | undefined;
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

for (const project of projects) {
  if (project.name.includes(values.only)) use(project, () => runNotebook(project));
}
for (const run of testRuns) {
  if (run.name.includes(values.only)) use(run, () => runTests(run));
}

/** `attempt` returns what went wrong. */
function use({ name, packages, files = {} }: Project | TestRun, attempt: () => string | undefined): void {
  const folder = folderOf(name);
  mkdirSync(folder);
  const began = performance.now();
  const all = { 'package.json': '{"private":true}', ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
  const fault = run('npm', ['install', '--no-audit', '--no-fund', ...packages], folder).fault ?? attempt();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const versions = packages.map((each) => versionOf(each, folder)).join(', ');
  console.log(`${fault === undefined ? '✓' : '✗'} ${name}: ${versions} (${seconds} s)`);
  if (fault === undefined) return;
  console.log(fault.slice(-LAST_CHARACTERS));
  process.exitCode = 1;
}

function runNotebook({ name, generate, cells, prints }: Project): string | undefined {
  const folder = folderOf(name);
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'parlab', display_name: 'ParLab', language: 'typescript' } },
    cells: cells.map((source, index) => ({
      ...{ id: `cell-${index}`, cell_type: 'code', source },
      ...{ metadata: {}, execution_count: null, outputs: [] },
    })),
  };
  writeFileSync(join(folder, 'use.ipynb'), JSON.stringify(notebook));
  if (generate !== undefined) {
    const made = run('npx', generate.command, folder, generate.environment);
    if (made.fault !== undefined) return made.fault;
  }
  const { output, fault } = run(process.execPath, [mainProgram, 'run', 'use.ipynb'], folder);
  if (fault !== undefined) return fault;
  const missing = prints.filter((line) => !output.includes(line));
  return missing.length === 0 ? undefined : `${output}\nnot printed: ${missing.join(', ')}`;
}

function runTests({ name, commands }: TestRun): string | undefined {
  const folder = folderOf(name);
  const installed = run('npm', ['install', '--no-audit', '--no-fund', packedLibrary()], folder);
  if (installed.fault !== undefined) return installed.fault;
  const faults = commands.map((command) => run('npx', command, folder).fault);
  return faults.filter((fault) => fault !== undefined).join('\n') || undefined;
}

function packedLibrary(): string {
  packed ??= run('npm', ['pack', '--silent', '--pack-destination', home], dirname(libraryCode)).output.trim();
  return join(home, packed);
}

function run(
  command: string,
  args: string[],
  cwd: string,
  environment: Record<string, string> = {},
): { output: string; fault?: string } {
  const env = { ...process.env, ...environment };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: MOST_MS,
  });
  const output = `${stdout}${stderr}`;
  return status === 0 ? { output } : { output, fault: `${command} ${args.join(' ')}\n${output}` };
}

function versionOf(asked: string, folder: string): string {
  const name = asked.replace(/(?<=.)@.*/, '');
  try {
    const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
    return `${name} ${(JSON.parse(text) as { version: string }).version}`;
  } catch {
    return `${name}, not installed`;
  }
}

function folderOf(name: string): string {
  return join(home, name.replace(/\W+/g, '-'));
}
