// The buttons of a game's board: one for each thing that could happen now, and what a player can do beside
// moving.

import type { PanelButton } from '../../host/panel';
import type { Board, Lane } from './board';

export function buttonsOf({ lanes, phase, code }: Board): PanelButton[][] {
  const isFirst = code === '';
  return [
    lanes.flatMap(moversOf),
    [
      tool('undo', '↶ Step back', isFirst),
      tool('restart', '↺ Begin again', isFirst),
      tool('give-up', 'Can it be won at all?', phase === 'won' || phase === 'told'),
    ],
  ];
}

function moversOf({ process, moves, colour, ink }: Lane): PanelButton[] {
  const { letter, name, state, where } = process;
  if (state === 'ended') return [];
  if (moves.length === 0) {
    return [{ key: letter, label: `${letter} · ${name} cannot move`, tooltip: '', isOff: true, colour, ink }];
  }
  return moves.map(({ token, what }) => ({
    key: token,
    label: `${token} · ${name} ${what}`,
    tooltip: where ?? '',
    isOff: false,
    colour,
    ink,
  }));
}

function tool(key: string, label: string, isOff: boolean): PanelButton {
  return { key, label, tooltip: '', isOff };
}
