// What the broker says at once when nobody listens.
import { NoRespondersError, RequestError } from '@nats-io/transport-node';

export function isNobodyThere(error: unknown): boolean {
  if (error instanceof NoRespondersError) return true;
  return error instanceof RequestError && error.isNoResponders();
}
