// `parlab room`: opens a room for this computer, or for others too, and says how to come in.
import { existsSync } from 'node:fs';
import { CliError } from '../../cli-error';
import { findNatsServer } from '../room/nats-server';
import { writeRoomFiles } from '../room/room-files';
import { runBroker } from '../room/run-broker';

export interface RoomOptions {
  /** host:port */
  listen: string;
  cert?: string;
  key?: string;
  clean?: boolean;
}

const NAME = /^[A-Za-z0-9_-]{1,32}$/;

/** Runs the broker until it is ended by a signal. Resolves to the exit code. */
export async function room(name: string, options: RoomOptions): Promise<number> {
  if (!NAME.test(name)) {
    throw new CliError(`A room is called by at most 32 letters, digits, - and _, which '${name}' is not.`);
  }
  const { cert, key, clean } = options;
  const { host, port } = placeOf(options.listen);
  checkPrivate(host, port, options);
  const say = (line: string) => void process.stderr.write(`parlab: ${line}\n`);
  const program = findNatsServer({ say });
  const { keyFile, configFile } = writeRoomFiles({ name, host, port, cert, key, clean });
  const broker = runBroker(program, configFile, `${host}:${port}`);
  const end = () => broker.end();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  await broker.ready;
  const scheme = cert === undefined ? 'nats' : 'tls';
  process.stdout.write(
    described(`${scheme}://${host}:${port}/${name}`, keyFile, isLoopback(host) ? port : undefined),
  );
  return broker.ended;
}

function placeOf(listen: string): { host: string; port: number } {
  const [, host, port] = /^(\[[0-9A-Fa-f:]+\]|[^:]+):(\d{1,5})$/.exec(listen) ?? [];
  if (host === undefined || Number(port) > 65535) {
    throw new CliError(
      `--listen takes a host and a port, as in --listen 127.0.0.1:4222, and not '${listen}'.`,
    );
  }
  return { host, port: Number(port) };
}

/** What is said on a network can be listened to there: the key first of all. */
function checkPrivate(host: string, port: number, { cert, key }: RoomOptions): void {
  for (const file of [cert, key]) {
    if (file !== undefined && !existsSync(file)) throw new CliError(`There is no ${file}.`);
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new CliError('A certificate needs its key, and a key its certificate: give both --cert and --key.');
  }
  if (cert !== undefined || isLoopback(host)) return;
  throw new CliError(
    `On ${host} others can listen to what is said, and read the key. Give --cert and --key, or keep to 127.0.0.1 and let the workers come by ssh: ssh -R ${port}:127.0.0.1:${port} HOST`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** `tunnelled`: the port that other computers reach by ssh alone. */
function described(url: string, keyFile: string, tunnelled: number | undefined): string {
  const tunnel =
    tunnelled === undefined
      ? ''
      : `From another computer it is reached by ssh:\n\n  ssh -R ${tunnelled}:127.0.0.1:${tunnelled} HOST\n\n`;
  return `The room is open. Its key is the file ${keyFile}: whoever has it may run any code on the room's workers.

On each computer that is to work, with a copy of that file:

  PARLAB_TOKEN_FILE=${keyFile} parlab worker --join ${url}

In the notebook or the program:

  const mp = getContext('${url}');

${tunnel}Ctrl+C closes it.
`;
}
