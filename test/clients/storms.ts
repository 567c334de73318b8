// The long storm: 5,000 cells and 1,000,000 lines through nbclient. `npm run storms`; the tests have a shorter one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../kernel/package-root';
import { runToEnd } from '../commands/parlab';
import { clientEnvironment, clientPrograms } from './environment';

async function main(): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'storm-'));
  const env = clientEnvironment(await clientPrograms(), home);
  const program = path.join(packageRoot, 'test', 'clients', 'storm.py');
  const { code, stdout, stderr } = await runToEnd('python', [program, '5000', '1000000'], { cwd: home, env });
  rmSync(home, { recursive: true, force: true });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code ?? 1;
}

void main();
