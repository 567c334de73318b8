// nats-server as a child of this process: started, and ended with it, however it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { CliError } from '../../cli-error';

interface RunningBroker {
  /** Resolves when programs can come; rejects with the reason if it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with its exit code. */
  readonly ended: Promise<number>;
  end(): void;
}

export function runBroker(program: string, configFile: string, where: string): RunningBroker {
  // No secret stands in its command line: anybody may read that.
  const server = spawn(program, ['-c', configFile], { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => void server.kill('SIGTERM');
  process.once('exit', end);
  const guard = guardOf(server.pid);
  let log = '';
  const ended = new Promise<number>((resolve) => {
    server.once('error', () => resolve(1));
    server.once('exit', (code, signal) => {
      process.off('exit', end);
      guard?.kill('SIGKILL');
      resolve(code ?? (signal === 'SIGTERM' ? 0 : 1));
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    let isReady = false;
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (isReady) {
        process.stderr.write(troubleIn(text));
        return;
      }
      log += text;
      isReady = log.includes('Server is ready');
      if (isReady) resolve();
    });
    void ended.then(() => reject(new CliError(whyNot(log, where))));
  });
  return { ready, ended, end };
}

/**
 * A shell that reads from a pipe, to which nothing is ever written: reading ends with this process, also
 * where that is killed. In a group of its own, so that Ctrl+C is for the others.
 */
function guardOf(pid: number | undefined): ChildProcess | undefined {
  if (pid === undefined || process.platform === 'win32') return undefined;
  const text = 'read -r nothing; kill -TERM "$1"';
  const guard = spawn('sh', ['-c', text, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {});
  guard.unref();
  return guard;
}

function troubleIn(text: string): string {
  const lines = text.split('\n').filter((line) => /\[(?:ERR|FTL)\]/.test(line));
  return lines.map((line) => `${line}\n`).join('');
}

function whyNot(log: string, where: string): string {
  if (/address already in use/.test(log)) {
    return `Somebody listens on ${where} already: is the room open in another terminal? Otherwise choose another port, as in --listen 127.0.0.1:4333.`;
  }
  const reason = troubleIn(log).trim().split('\n').at(-1) ?? '';
  return `nats-server did not start on ${where}: ${reason || 'it said nothing'}`;
}
