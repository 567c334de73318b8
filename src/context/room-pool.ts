// The Pool of a room: the same class, whose work is done by whoever has joined.
import type { Place } from '../cluster/address';
import { RoomCrew } from '../cluster/pool/room-crew';
import { checkOptionsOf } from '../given';
import type { PoolOptions } from '../pool/options';
import { Pool } from '../pool/pool';
import { hire } from '../pool/staff';
import type { Bound, BoundPool } from './bound';

export function roomPool(place: Place): BoundPool {
  return class RoomPool<A extends unknown[] = never[]> extends Pool<A> {
    static override readonly name = 'Pool';
    constructor(options: Bound<PoolOptions<A>> = {} as Bound<PoolOptions<A>>) {
      checkOptionsOf('pool', options);
      super({
        ...options,
        [hire]: (hiring: ConstructorParameters<typeof RoomCrew>[1]) => new RoomCrew(place, hiring),
      } as PoolOptions<A>);
    }
  };
}
