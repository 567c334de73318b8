// What `for await (const item of connection)` gives, the same for every kind of connection.
import { ConnectionClosedError, EndOfFileError } from '../errors';

/** The items as they come, until this side or the other is closed. */
export async function* receivedItems<T>(
  receive: () => Promise<T>,
  isClosed: () => boolean,
): AsyncGenerator<T, void, undefined> {
  while (!isClosed()) {
    let item: T;
    try {
      item = await receive();
    } catch (error) {
      if (error instanceof EndOfFileError || error instanceof ConnectionClosedError) return;
      throw error;
    }
    yield item;
  }
}
