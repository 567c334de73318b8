// A host of a room: takes chunks, has child processes run them, and keeps their leases while they do. No line
// of a user's code runs in this process, so nothing that it does can keep a lease from being renewed.

import { randomBytes } from 'node:crypto';
import { serialize } from 'node:v8';
import { assumeIdentity, myIdentity } from '../../identity/identity';
import { beginStock } from '../../start/stock';
import { clearInterval, clearTimeout, performance, setInterval, setTimeout } from '../../system/timers';
import type { Place } from '../address';
import { mostBytes } from '../connection/blobs';
import { type Broker, heard, openBroker } from '../connection/broker';
import { Puller } from '../connection/puller';
import { told } from '../connection/refusals';
import { pause } from '../connection/trouble';
import { LEASE_MS } from '../lease';
import { HEAD, headOf, type Printed, type StopHead } from '../pool/conversation';
import { ensureWork, TAKERS } from '../pool/work-stream';
import { announce, withdraw } from '../presence';
import { myVersions } from '../versions';
import { Hands } from './hands';
import { Output } from './output';
import { Pools } from './pools';
import { Held, type Host } from './slot';

/** So long a question for the next chunk waits at the broker. */
const WAIT_MS = 3000;
const PAUSE_MS = 200;
/** What is in hand may take so long once the host is to leave. */
const GRACE_MS = 10_000;
/** So often the pools of idle children are asked whether they are there. */
const LOOK_MS = 10_000;

interface AgentOptions {
  place: Place;
  slots: number;
  /** What errors and `stats` call the host. */
  name: string;
  /** A file, which need not be there, from whose place packages are looked up. */
  home: string;
  log(line: string): void;
}

export async function joinRoom(options: AgentOptions): Promise<Agent> {
  const { place, name } = options;
  const broker = await openBroker(place, `parlab worker ${name}`);
  try {
    await ensureWork(broker);
    const agent = new Agent(broker, options);
    await agent.begin();
    return agent;
  } catch (error) {
    await broker.close();
    throw told(error, place);
  }
}

class Agent {
  readonly id = randomBytes(9).toString('hex');
  readonly #host: Host;
  readonly #slots: number;
  readonly #held = new Set<Held>();
  readonly #leaving = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  #loops: Promise<void>[] = [];
  #ensuring: Promise<unknown> | undefined;

  constructor(broker: Broker, { slots, name, home, log }: AgentOptions) {
    assumeIdentity({ ...myIdentity(), moduleHome: home });
    this.#slots = slots;
    const output = new Output(
      (pool, printed) => this.#print(pool, printed),
      () => mostBytes(broker),
    );
    const pools = new Pools(broker, home);
    this.#host = {
      broker,
      pools,
      hands: new Hands({ home, url: broker.place.url }, slots),
      output,
      name,
      id: this.id,
      log,
    };
  }

  async begin(): Promise<void> {
    const { broker } = this.#host;
    const { nc, names } = broker;
    nc.subscribe(names.stop('*'), {
      callback: heard((message) => this.#stop(message.subject, headOf(message.headers?.get(HEAD)))),
    });
    // The first child needs a moment.
    beginStock();
    await this.#announce();
    this.#timers.push(setInterval(() => void this.#announce().catch(() => {}), LEASE_MS / 2));
    this.#timers.push(setInterval(() => void this.#look(), LOOK_MS));
    this.#loops = Array.from({ length: this.#slots }, () => this.#serve());
  }

  /** Finishes what is in hand; what takes too long goes to another host. */
  async leave(graceMs = GRACE_MS): Promise<void> {
    const { broker, hands } = this.#host;
    this.#leaving.abort();
    // It takes nothing more; but what it has is in good hands as long as it is there.
    await this.#announce().catch(() => {});
    let grace: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      grace = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all(this.#loops), late]);
    clearTimeout(grace);
    for (const held of this.#held) held.handBack();
    for (const timer of this.#timers) clearInterval(timer);
    hands.killAll();
    await Promise.race([withdraw(broker, this.id).catch(() => {}), pause(PAUSE_MS)]);
    await broker.close();
  }

  async #serve(): Promise<void> {
    const { broker, log } = this.#host;
    const puller = new Puller(broker.nc, broker.names.workStream, TAKERS, broker.names.inboxes);
    let answered: Promise<void> = Promise.resolve();
    while (!this.#leaving.signal.aborted) {
      const asked = performance.now();
      const message = await puller.next(WAIT_MS, this.#leaving.signal);
      if (message === undefined) {
        // There is nothing, or the broker was away and has forgotten everything.
        if (performance.now() - asked < WAIT_MS / 2) await this.#ensure();
        continue;
      }
      const held = new Held(this.#host, message);
      this.#held.add(held);
      try {
        const answer = await held.run();
        await answered;
        // The next one begins while the pool confirms this one.
        answered = (answer?.() ?? Promise.resolve())
          .catch((error) => log(String(error)))
          .finally(() => this.#held.delete(held));
      } catch (error) {
        log(String(error));
      }
    }
    await answered;
    puller.close();
  }

  #ensure(): Promise<unknown> {
    this.#ensuring ??= Promise.all([ensureWork(this.#host.broker).catch(() => {}), pause(PAUSE_MS)]).finally(
      () => {
        this.#ensuring = undefined;
      },
    );
    return this.#ensuring;
  }

  #announce(): Promise<void> {
    const { broker, name: host } = this.#host;
    const slots = this.#leaving.signal.aborted ? 0 : this.#slots;
    const entry = { id: this.id, host, pid: process.pid, slots, busy: this.#held.size };
    return announce(broker, { ...entry, versions: myVersions() });
  }

  #stop(subject: string, { work, isHard }: StopHead): void {
    const pool = subject.slice(subject.lastIndexOf('.') + 1);
    const { pools, hands } = this.#host;
    pools.stop(pool, work);
    hands.stop(pool, work, isHard);
  }

  /** A pool that died said nothing. */
  async #look(): Promise<void> {
    const { pools, hands } = this.#host;
    for (const pool of hands.idlePools) if (!(await pools.isThere(pool))) hands.endIdle(pool);
  }

  #print(pool: string, printed: readonly Printed[]): void {
    const { nc, names } = this.#host.broker;
    if (!nc.isClosed()) nc.publish(names.output(pool), serialize(printed));
  }
}
