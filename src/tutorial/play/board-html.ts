// The board of a game as HTML: a lane for each process with what it did and what it is about to do, beside it
// what the processes share. Readable on light and on dark pages.

import { escapeHtml } from '../../host/escape-html';
import { aheadWords, type Board, type Lane, valueWords } from './board';

const EDGE = 'var(--jp-border-color2, #c4c9cf)';
const FAINT = 'var(--jp-layout-color2, #f1f3f5)';

const TONES: Record<Board['phase'], string> = {
  playing: '#56B4E9',
  won: '#009E73',
  unharmed: '#E69F00',
  told: '#CC79A7',
};

export function boardHtml(board: Board): string {
  const { phase, goal, sentence } = board;
  return (
    // The board is as wide as there is room, however wide the lanes are: they scroll in themselves.
    '<div style="width: 0; min-width: 100%; ' +
    'font-family: var(--jp-ui-font-family, sans-serif); font-size: 14px; line-height: 1.45">' +
    `<div style="margin-bottom: 8px"><b>You are the evil scheduler.</b> ${escapeHtml(goal)}</div>` +
    '<div style="display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start">' +
    `${lanesTable(board)}${sidePanel(board)}</div>` +
    `<div style="margin-top: 10px; padding: 6px 12px; border-left: 6px solid ${TONES[phase]}; background: ${FAINT}">` +
    `${phase === 'won' ? '<b>✔ Won.</b> ' : ''}${escapeHtml(sentence)}</div></div>`
  );
}

function lanesTable({ lanes, done }: Board): string {
  const rows = done.map(({ lane, words }, at) => {
    const cells = lanes.map(({ colour }, each) =>
      each === lane
        ? `<td style="padding: 3px 8px; text-align: left; border-left: 3px solid ${colour}">${escapeHtml(words)}</td>`
        : `<td style="border-left: 1px dotted ${EDGE}"></td>`,
    );
    return `<tr><td style="text-align: right; padding: 3px 8px; opacity: 0.75">${at + 1}</td>${cells.join('')}</tr>`;
  });
  return (
    '<div style="max-width: 100%; overflow-x: auto"><table style="border-collapse: collapse; margin: 0">' +
    `<thead><tr><th></th>${lanes.map(head).join('')}</tr></thead>` +
    `<tbody>${rows.join('')}<tr><td style="padding: 5px 8px; opacity: 0.75">now</td>` +
    `${lanes.map(ahead).join('')}</tr></tbody></table></div>`
  );
}

function head({ process: { letter, name }, colour, ink }: Lane): string {
  const badge =
    '<span style="display: inline-block; min-width: 20px; padding: 0 4px; border-radius: 10px; text-align: center; ' +
    `color: ${ink}; background: ${colour}">${escapeHtml(letter)}</span>`;
  return (
    `<th style="text-align: left; padding: 4px 8px; min-width: 110px; border-bottom: 3px solid ${colour}">` +
    `${badge} ${escapeHtml(name)}</th>`
  );
}

function ahead({ process, moves }: Lane): string {
  const cell = `<td style="padding: 5px 8px; text-align: left; vertical-align: top; background: ${FAINT}`;
  if (process.state !== 'ready' || moves.length === 0) {
    return `${cell}; opacity: 0.75; font-style: italic">${escapeHtml(aheadWords(process))}</td>`;
  }
  const steps = moves.map(({ what, where }) => {
    const place = where === undefined ? '' : `<br><small style="opacity: 0.75">${escapeHtml(where)}</small>`;
    return `▸ <b>${escapeHtml(what)}</b>${place}`;
  });
  return `${cell}">${steps.join('<br>')}</td>`;
}

function sidePanel({ objects, printed, code }: Board): string {
  const things = objects.map(
    (object) =>
      `<tr><td style="padding: 2px 10px; text-align: left">${escapeHtml(object.name)}</td>` +
      `<td style="padding: 2px 10px; text-align: left"><b>${escapeHtml(valueWords(object))}</b></td></tr>`,
  );
  const shared =
    things.length === 0
      ? ''
      : `${title('Shared')}<table style="border-collapse: collapse; margin: 2px 0 8px">${things.join('')}</table>`;
  const lines =
    printed === ''
      ? ''
      : `${title('Printed')}<pre style="margin: 2px 0 8px; padding: 2px 10px">${escapeHtml(printed)}</pre>`;
  return (
    `<div style="min-width: 150px; padding: 8px 12px; border: 1px solid ${EDGE}; border-radius: 8px">${shared}${lines}` +
    `${title('Order so far')}<div style="padding: 2px 10px"><code>${escapeHtml(code) || '–'}</code></div></div>`
  );
}

function title(text: string): string {
  return `<div style="opacity: 0.75">${text}</div>`;
}
