// The five sockets of a Jupyter kernel on ZeroMQ, bound to the address of the connection file and no other.

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Router, type Socket, XPublisher } from 'zeromq';
import { CliError } from '../../cli-error';
import type { Connection } from './connection-file';
import type { AskingChannel, Channel, Ports, Transport, TransportEvents } from './transport';

/** How long closed sockets go on delivering what they took. */
const LINGER_MS = 1000;
/** Messages that libzmq keeps for one slow front end; what comes after waits here, where it is counted. */
const IOPUB_QUEUED_MESSAGES = 500;
/** A front end that reads nothing for so long, while others wait for it, loses messages from then on. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 2;
/** The sockets are files. */
const IPC = 'ipc://';
/**
 * How long a message of a front end may be on iopub and to the heartbeat, where a handshake of CurveZMQ needs
 * 300. libzmq keeps 50 bytes for each byte of a subscription.
 */
const SHORT_BYTES = 1024;

export class ZeromqTransport implements Transport {
  readonly #connection: Connection;
  readonly #routers = {
    shell: router(),
    control: router(),
    stdin: router(),
  } satisfies Record<AskingChannel, Router>;
  readonly #iopub = new XPublisher({
    linger: LINGER_MS,
    sendHighWaterMark: IOPUB_QUEUED_MESSAGES,
    noDrop: true,
    maxMessageSize: SHORT_BYTES,
  });
  /** What a front end does not read of it is not kept for long. */
  readonly #heartbeat = new Router({ linger: LINGER_MS, handover: true, maxMessageSize: SHORT_BYTES });
  readonly #fullPatienceMs: number;
  #patienceMs: number;
  #dropping = false;

  constructor(connection: Connection, { patienceMs = PATIENCE_MS } = {}) {
    this.#connection = connection;
    this.#fullPatienceMs = patienceMs;
    this.#patienceMs = patienceMs;
    // Without this a second front end that subscribes to everything, as the first did, goes unnoticed.
    this.#iopub.verbosity = 'allSubs';
  }

  get ports(): Ports {
    const { shell_port, iopub_port, stdin_port, hb_port, control_port } = this.#connection;
    return { shell_port, iopub_port, stdin_port, hb_port, control_port };
  }

  async open(on: TransportEvents): Promise<void> {
    const ports = this.#connection;
    await this.#bind(this.#heartbeat, ports.hb_port);
    await this.#bind(this.#iopub, ports.iopub_port);
    await this.#bind(this.#routers.stdin, ports.stdin_port);
    await this.#bind(this.#routers.control, ports.control_port);
    await this.#bind(this.#routers.shell, ports.shell_port);
    void echo(this.#heartbeat);
    void read(this.#iopub, ([frame]) => {
      if (frame?.[0] === 1) on.subscribed(frame.toString('utf8', 1));
    });
    for (const channel of Object.keys(this.#routers) as AskingChannel[]) {
      void read(this.#routers[channel], (frames) => on.message(channel, frames));
    }
  }

  async send(channel: Channel, frames: (string | Buffer)[], isPatient: boolean): Promise<void> {
    if (channel !== 'iopub') return this.#routers[channel].send(frames);
    const patienceMs = isPatient ? this.#patienceMs : -1;
    const startedMs = performance.now();
    for (;;) {
      try {
        await this.#iopub.send(frames);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        if (performance.now() - startedMs > patienceMs) this.#dropFor(true);
        else await sleep(RETRY_MS); // XPUB has no event for "the slow subscriber has room again"
      }
    }
    // After one wait in vain none of the next is long, until the slow one reads again or is gone.
    if (isPatient) this.#patienceMs = this.#dropping ? 0 : this.#fullPatienceMs;
    this.#dropFor(false);
  }

  #dropFor(slowOnes: boolean): void {
    if (this.#dropping === slowOnes) return;
    this.#dropping = slowOnes;
    withoutWarning(() => {
      this.#iopub.noDrop = !slowOnes;
    });
  }

  close(lingerMs = LINGER_MS): void {
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) {
      socket.linger = lingerMs;
      socket.close();
    }
    for (const port of Object.values(this.ports)) {
      const address = this.#address(port);
      if (address.startsWith(IPC)) rmSync(address.slice(IPC.length), { force: true });
    }
  }

  #address(port: number): string {
    const { transport, ip } = this.#connection;
    return transport === 'ipc' ? `${IPC}${ip}-${port}` : `tcp://${ip}:${port}`;
  }

  async #bind(socket: Socket, port: number): Promise<void> {
    const { curve_publickey, curve_secretkey } = this.#connection;
    if (curve_secretkey !== undefined) {
      socket.curveServer = true;
      socket.curveSecretKey = curve_secretkey;
      if (curve_publickey !== undefined) socket.curvePublicKey = curve_publickey;
    }
    const address = this.#address(port);
    try {
      await socket.bind(address);
    } catch (error) {
      throw new CliError(`The kernel cannot listen on ${address}: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }
}

/** `handover`: a front end that reconnects under its old identity takes its replies over. */
function router(): Router {
  return new Router({ linger: LINGER_MS, handover: true, sendHighWaterMark: 0 });
}

/**
 * The binding says of each option that it takes effect with the next connection; libzmq takes this one at
 * once.
 */
function withoutWarning(act: () => void): void {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    act();
  } finally {
    process.emitWarning = emitWarning;
  }
}

async function echo(socket: Router): Promise<void> {
  try {
    for await (const frames of socket) await socket.send(frames);
  } catch (error) {
    ignoreClosed(error);
  }
}

async function read(socket: Router | XPublisher, take: (frames: Buffer[]) => void): Promise<void> {
  try {
    for await (const frames of socket) take(frames as Buffer[]);
  } catch (error) {
    ignoreClosed(error);
  }
}

/** `close()` ends a pending receive with one of these. */
function ignoreClosed(error: unknown): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EAGAIN' && code !== 'EBADF' && code !== 'ENOTSOCK' && code !== 'EBUSY') throw error;
}
