// Which room this program is in: a worker may have come to it by another address than the one that a handle
// was made with.
import { placeOf } from '../address';

let entered: { room: string; url: string } | undefined;

/** From now on handles of this room are restored with this address. */
export function enterRoom(url: string): void {
  const place = placeOf(url);
  entered = { room: place.room, url: place.url };
}

/** The address of a room for this process. */
export function addressHere(room: string, url: string): string {
  return entered?.room === room ? entered.url : url;
}
