// What a replay looks like as the value of a cell: a timeline; elsewhere its lines.
import { inspect } from 'node:util';
import { escapeHtml } from '../host/escape-html';
import { orderImage } from '../timeline/order-image';
import { outcomeWords } from './exploration-text';
import type { Replay } from './outcome';
import { withStop } from './with-stop';

/** The looks lie beside the data: code that reads or compares a replay sees nothing of them. */
export function withLooks<R>(replay: Replay<R>): Replay<R> {
  const text = () => [headline(replay), ...replay.lines].join('\n');
  Object.defineProperty(replay, inspect.custom, { value: text });
  Object.defineProperty(replay, Symbol.for('Jupyter.display'), {
    value: () => ({ 'text/plain': text(), 'text/html': html(replay) }),
  });
  return replay;
}

function headline({ code, outcome, why }: Replay): string {
  const order = code === '' ? 'The only order' : `Order ${code}`;
  return `${order}: ${withStop(why ?? outcomeWords(outcome))}`;
}

function html(replay: Replay): string {
  return (
    `<div style="margin: 4px 0 8px">${escapeHtml(headline(replay))}</div>${orderImage(replay.trace)}` +
    `<details><summary>Step by step</summary><pre>${escapeHtml(replay.lines.join('\n'))}</pre></details>`
  );
}
