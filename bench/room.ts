// A room for one measurement: a broker and hosts on this computer, straight beside each other, and nothing left of them.
import { closeLines } from '../src/cluster/line/line';
import { getContext } from '../src/context/context';
import type { RoomContext } from '../src/context/room-context';
import { startBroker } from '../test/cluster/broker';
import { endHosts, startHost, type TestHost } from '../test/cluster/hosts';

export interface MeasuredRoom {
  readonly mp: RoomContext;
  readonly hosts: readonly TestHost[];
  readonly port: number;
  readonly token: string;
}

/** `slots`: of each host. */
export async function inRoom<T>(
  slots: readonly number[],
  body: (room: MeasuredRoom) => Promise<T>,
): Promise<T> {
  // As `parlab room` has it.
  const broker = await startBroker({ maxPayload: '8MB' });
  try {
    const hosts: TestHost[] = [];
    for (const [at, count] of slots.entries()) {
      hosts.push(await startHost(broker, `host-${at}`, { slots: count, isNear: true }));
    }
    return await body({ mp: getContext(broker.url()), hosts, port: broker.port, token: broker.token });
  } finally {
    await endHosts();
    await closeLines();
    await broker.stop();
  }
}
