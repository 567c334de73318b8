// What came through a socket, looked at once: it is one of the messages of the conversation, or undefined.
import type { Dropped, Introduction, Reply, Request, Ticket } from './conversation';

type Fields = Record<string, unknown>;

export function requestIn(given: unknown): Request | Dropped | undefined {
  if (!isRecord(given)) return undefined;
  const { type, call, object, tickets, typeid, method, task, as } = given;
  if (type === 'drop') return isCount(object) && isCount(tickets) ? { type, object, tickets } : undefined;
  if (!isCount(call)) return undefined;
  switch (type) {
    case 'create':
      return typeof typeid === 'string' ? { type, call, typeid } : undefined;
    case 'call':
      return isCount(object) && typeof method === 'string' && typeof task === 'number'
        ? { type, call, object, method, task }
        : undefined;
    case 'look':
      return isCount(object) && (as === 'copy' || as === 'picture') ? { type, call, object, as } : undefined;
    case 'count':
    case 'cancel':
      return { type, call };
    default:
      return undefined;
  }
}

export function replyIn(given: unknown): Reply | undefined {
  if (!isRecord(given)) return undefined;
  const { type, call } = given;
  return (type === 'returned' || type === 'threw') && isCount(call) ? { type, call } : undefined;
}

export function introductionIn(given: unknown): Introduction | undefined {
  if (!isRecord(given)) return undefined;
  const { name, pid } = given;
  return typeof name === 'string' && isCount(pid) ? { name, pid } : undefined;
}

export function ticketIn(given: unknown): Ticket | undefined {
  if (!isRecord(given)) return undefined;
  const { object, typeid, exposed } = given;
  const isTicket = isCount(object) && typeof typeid === 'string' && Array.isArray(exposed);
  return isTicket && exposed.every((name) => typeof name === 'string')
    ? { object, typeid, exposed: exposed as string[] }
    : undefined;
}

function isRecord(given: unknown): given is Fields {
  return typeof given === 'object' && given !== null;
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}
