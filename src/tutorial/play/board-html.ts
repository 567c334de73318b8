// The board of a game as HTML: a lane for each process with what it did and what it is about to do, beside it
// what the processes share. Readable on light and on dark pages.

import { escapeHtml } from '../../host/escape-html';
import { type Lanes, laneColour } from '../orders/lanes';
import { objectWords, processWords } from './board-text';
import { type GameState, sentenceOf } from './state';

const EDGE = 'var(--jp-border-color2, #c4c9cf)';
const FAINT = 'var(--jp-layout-color2, #f1f3f5)';

const TONES: Record<GameState['phase'], string> = {
  playing: '#56B4E9',
  won: '#009E73',
  unharmed: '#E69F00',
  told: '#CC79A7',
};

export function boardHtml(state: GameState, lanes: Lanes, goal: string): string {
  return (
    '<div style="font-family: var(--jp-ui-font-family, sans-serif); font-size: 14px; line-height: 1.45">' +
    `<div style="margin-bottom: 8px"><b>You are the evil scheduler.</b> ${escapeHtml(goal)}</div>` +
    '<div style="display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start">' +
    `${lanesTable(state, lanes)}${sharedPanel(state)}</div>` +
    `<div style="margin-top: 10px; padding: 6px 12px; border-left: 6px solid ${TONES[state.phase]}; background: ${FAINT}">` +
    `${state.phase === 'won' ? '<b>✔ Won.</b> ' : ''}${escapeHtml(sentenceOf(state))}</div></div>`
  );
}

function lanesTable(state: GameState, { names, rows }: Lanes): string {
  const { processes } = state.position;
  const heads = processes.map(
    ({ letter, name }, lane) =>
      `<th style="text-align: left; padding: 4px 12px; min-width: 130px; border-bottom: 3px solid ${laneColour(lane)}">` +
      `${badge(letter, lane)} ${escapeHtml(name)}</th>`,
  );
  const done = rows.map((row, at) => {
    const cells = processes.map(({ name }, lane) =>
      name === names[row.lane]
        ? `<td style="padding: 3px 12px; text-align: left; border-left: 3px solid ${laneColour(lane)}">${escapeHtml(row.words)}</td>`
        : `<td style="border-left: 1px dotted ${EDGE}"></td>`,
    );
    return `<tr><td style="text-align: right; padding: 3px 8px; opacity: 0.6">${at + 1}</td>${cells.join('')}</tr>`;
  });
  const ahead = processes.map((each) => {
    const [style, mark] = each.state === 'ready' ? ['', '▸ '] : ['opacity: 0.65; font-style: italic;', ''];
    return `<td style="padding: 5px 12px; text-align: left; vertical-align: top; background: ${FAINT}; ${style}">${mark}${nextStep(each)}</td>`;
  });
  return (
    '<table style="border-collapse: collapse; margin: 0">' +
    `<thead><tr><th></th>${heads.join('')}</tr></thead>` +
    `<tbody>${done.join('')}<tr><td style="padding: 5px 8px; opacity: 0.6">now</td>${ahead.join('')}</tr></tbody></table>`
  );
}

function nextStep(process: GameState['position']['processes'][number]): string {
  if (process.state !== 'ready') return escapeHtml(processWords(process));
  const place = process.where === undefined ? '' : `<br><small style="opacity: 0.7">${escapeHtml(process.where)}</small>`;
  return `<b>${escapeHtml(process.what ?? 'goes on')}</b>${place}`;
}

/** The letter in the code of an order. */
function badge(letter: string, lane: number): string {
  return (
    `<span style="display: inline-block; min-width: 20px; padding: 0 4px; border-radius: 10px; text-align: center; ` +
    `color: #ffffff; background: ${laneColour(lane)}">${escapeHtml(letter)}</span>`
  );
}

function sharedPanel({ position: { objects, printed, code } }: GameState): string {
  const things = objects.map(
    (each) =>
      `<tr><td style="padding: 2px 10px; text-align: left">${escapeHtml(each.name)}</td>` +
      `<td style="padding: 2px 10px; text-align: left"><b>${escapeHtml(objectWords(each))}</b></td></tr>`,
  );
  const shared =
    things.length === 0
      ? ''
      : `<div style="opacity: 0.7">Shared</div><table style="border-collapse: collapse; margin: 2px 0 8px">${things.join('')}</table>`;
  const lines =
    printed.length === 0
      ? ''
      : `<div style="opacity: 0.7">Printed</div><pre style="margin: 2px 0 8px; padding: 2px 10px">${escapeHtml(printed.join(''))}</pre>`;
  return (
    `<div style="min-width: 150px; padding: 8px 12px; border: 1px solid ${EDGE}; border-radius: 8px">${shared}${lines}` +
    `<div style="opacity: 0.7">Order so far</div><div style="padding: 2px 10px"><code>${escapeHtml(code) || '–'}</code></div></div>`
  );
}
