// Answers history_request: for the up-arrow and the search of consoles.

import type { History } from '../history/history';
import type { StoredEntry } from '../history/store';
import type { Handler } from '../protocol/handlers';
import type { Ask } from '../protocol/messages';

/** As many as IPython gives when a front end names no number. */
const TAIL = 10;

export function historyHandler(history: History): Handler<'history_request'> {
  return (ask) => ({
    status: 'ok',
    history: find(history, ask).map(({ session, line, input, output }) => [
      session,
      line,
      ask.output ? [input, output] : input,
    ]),
  });
}

function find(history: History, ask: Ask<'history_request'>): StoredEntry[] {
  switch (ask.hist_access_type) {
    case 'tail':
      return history.find((store) => store.tail(ask.n ?? TAIL));
    case 'range':
      return history.find((store) => store.range(ask.session, ask.start, ask.stop));
    case 'search':
      return history.find((store) => store.search(ask.pattern, ask.n, ask.unique));
    default:
      return ask.hist_access_type satisfies never;
  }
}
