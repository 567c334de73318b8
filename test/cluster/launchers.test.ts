// The files of docs/launchers: what others start hosts with. They say only what `parlab worker` knows, and their form is right.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const folder = join(__dirname, '../../../docs/launchers');
const files = readdirSync(folder);
const COMMAND = join(__dirname, '../../../kernel/dist/main.js');
const ROOM = 'tls://head.lab:4222/room1';

interface Deployment {
  kind: string;
  spec: {
    selector: { matchLabels: Record<string, string> };
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: {
          command: string[];
          env: { name: string; value?: string }[];
          volumeMounts: { name: string; mountPath: string }[];
        }[];
        volumes: { name: string }[];
      };
    };
  };
}

/** Programs of these names, each of which writes down how it was called. */
function pretending(names: readonly string[]): {
  bin: string;
  path: string;
  calls(): string[];
  remove(): void;
} {
  const bin = mkdtempSync(join(tmpdir(), 'launchers-'));
  const log = join(bin, 'calls.log');
  writeFileSync(log, '');
  for (const name of names) {
    const file = join(bin, name);
    writeFileSync(
      file,
      `#!/bin/bash\nprintf '%s' "${name}" >> ${log}\nprintf ' %s' "$@" >> ${log}\nprintf '\\n' >> ${log}\n`,
    );
    chmodSync(file, 0o755);
  }
  return {
    bin,
    path: `${bin}:${process.env.PATH}`,
    calls: () => readFileSync(log, 'utf8').trim().split('\n'),
    remove: () => rmSync(bin, { recursive: true }),
  };
}

const optionsOf = (words: readonly string[]) => words.filter((word) => word.startsWith('--')).sort();

function knownOptions(): Set<string> {
  const help = execFileSync(process.execPath, [COMMAND, 'worker', '--help'], { encoding: 'utf8' });
  return new Set(help.match(/--[a-z]+/g));
}

test('each launcher is named in docs/workers.md', () => {
  const page = readFileSync(join(folder, '../workers.md'), 'utf8');
  for (const file of files) assert.ok(page.includes(`(launchers/${file})`), file);
});

test('the scripts are right for bash, and for shellcheck where it is installed', (t) => {
  const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
  if (!hasShellcheck) t.diagnostic('shellcheck is not installed here: only bash has looked at them.');
  for (const file of files.filter((name) => /\.(sh|sbatch)$/.test(name))) {
    execFileSync('bash', ['-n', join(folder, file)]);
    if (hasShellcheck) execFileSync('shellcheck', [join(folder, file)], { stdio: 'inherit' });
  }
});

test('the script of Slurm starts a host with the slots of its job, and tells whoever names no room', () => {
  const system = pretending(['srun']);
  const script = join(folder, 'slurm.sbatch');
  const env = { PATH: system.path, HOME: '/home/ada', SLURM_CPUS_PER_TASK: '8' };
  assert.match(spawnSync('bash', [script], { env, encoding: 'utf8' }).stderr, /ROOM: say which room/);
  execFileSync('bash', [script], { env: { ...env, ROOM } });
  assert.deepEqual(system.calls(), [`srun parlab worker --join ${ROOM} --slots 8 --grace 25`]);
  system.remove();
});

test('the script of ssh brings the key by a file and not by a word, and starts a host at the end of a tunnel', () => {
  const system = pretending(['ssh']);
  const key = join(system.bin, 'room.key');
  writeFileSync(key, 'secret-key');
  execFileSync('bash', [join(folder, 'ssh.sh'), key, 'room1', 'desk7', 'desk8'], {
    env: { PATH: system.path },
  });
  const calls = system.calls();
  assert.equal(calls.length, 4);
  for (const host of ['desk7', 'desk8']) {
    const joins = calls.filter((call) => call.includes('--join') && call.includes(` ${host} `));
    assert.equal(joins.length, 1, host);
    assert.match(
      joins[0] ?? '',
      /-R 4222:127\.0\.0\.1:4222 .*parlab worker --join nats:\/\/127\.0\.0\.1:4222\/room1 --name/,
    );
  }
  assert.ok(!calls.join().includes('secret-key'));
  const { status, stderr } = spawnSync('bash', [join(folder, 'ssh.sh'), key], { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /Usage: .*KEY-FILE ROOM HOST/);
  system.remove();
});

test('the Deployment of Kubernetes has its key by a file, and time to finish', () => {
  const { kind, spec } = parse(readFileSync(join(folder, 'kubernetes.yaml'), 'utf8')) as Deployment;
  assert.equal(kind, 'Deployment');
  const { metadata, spec: pod } = spec.template;
  assert.deepEqual(spec.selector.matchLabels, metadata.labels);
  const [container] = pod.containers;
  assert.ok(container);
  const { command, env, volumeMounts } = container;
  assert.deepEqual(command.slice(0, 2), ['parlab', 'worker']);
  assert.ok(pod.terminationGracePeriodSeconds > Number(command[command.indexOf('--grace') + 1]));
  const keyFile = env.find(({ name }) => name === 'PARLAB_TOKEN_FILE')?.value ?? '';
  assert.ok(
    volumeMounts.some(
      ({ name, mountPath }) =>
        keyFile.startsWith(`${mountPath}/`) && pod.volumes.some((each) => each.name === name),
    ),
  );
  const known = knownOptions();
  for (const option of optionsOf(command)) assert.ok(known.has(option), option);
});
