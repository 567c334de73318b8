// Panels of the library, such as the board of a game, made of ipywidgets' controls: what is to be seen, and
// rows of buttons below it.

import type { Panel, PanelButton } from 'parlab/host';
import type { MimeBundle } from '../../conversations/session';
import { displaySymbol } from '../display/mime-bundle';
import { Button, HBox, HTML, VBox } from './controls';

const WRAPPED = { flexFlow: 'row wrap', margin: '4px 0 0 0' };
const WIDE = { width: 'auto' };

/** Shows a panel, and follows its changes from now on. */
export function showPanel(panel: Panel): MimeBundle {
  const made = new Map<string, Button>();
  const buttonFor = (wanted: PanelButton): Button => {
    const known = made.get(wanted.key);
    if (known !== undefined) {
      known.description = wanted.label;
      known.tooltip = wanted.tooltip;
      known.disabled = wanted.isOff;
      return known;
    }
    const button = new Button({
      description: wanted.label,
      tooltip: wanted.tooltip,
      disabled: wanted.isOff,
      layout: WIDE,
      style: {
        ...(wanted.colour !== undefined && { buttonColor: wanted.colour }),
        ...(wanted.ink !== undefined && { textColor: wanted.ink }),
      },
    });
    button.onClick(() => panel.press(wanted.key));
    made.set(wanted.key, button);
    return button;
  };
  const picture = new HTML({ value: panel.html });
  const rows = panel.buttons.map((row) => new HBox({ children: row.map(buttonFor), layout: WRAPPED }));
  panel.onChange(() => {
    picture.value = panel.html;
    for (const [at, row] of panel.buttons.entries()) {
      const box = rows[at];
      if (box !== undefined) box.children = row.map(buttonFor);
    }
  });
  const whole = new VBox({ children: [picture, ...rows] });
  // Where no front end has these controls, as on a page of a code-hosting site, the picture alone is shown.
  return { ...whole[displaySymbol](), 'text/html': panel.html, 'text/plain': panel.text };
}
