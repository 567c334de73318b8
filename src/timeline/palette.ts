// The colours of the pictures, which people with any kind of colour vision can tell apart (Okabe and Ito),
// and the style sheet. Each picture has a ground of its own, so that it can be read on a light page and on a
// dark one.

/** The colours of locks and other things that are held, then of queues from the other end. */
export const objectColours = ['#E69F00', '#009E73', '#D55E00', '#F0E442', '#CC79A7', '#0072B2'] as const;

/** The colour of a process that runs. */
export const RUNNING = '#56B4E9';

interface Theme {
  readonly ground: string;
  readonly edge: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly wait: string;
  readonly hatch: string;
  readonly alarm: string;
}

const light: Theme = {
  ground: '#ffffff',
  edge: '#d7dbe0',
  ink: '#17202a',
  muted: '#596470',
  grid: '#e8ebef',
  wait: '#f3f4f6',
  hatch: '#9aa4af',
  alarm: '#b34700',
};

const dark: Theme = {
  ground: '#171b21',
  edge: '#39414b',
  ink: '#eceff3',
  muted: '#aab4bf',
  grid: '#2a313a',
  wait: '#222932',
  hatch: '#76828f',
  alarm: '#ff9a5c',
};

function rules(theme: Theme): string {
  const { ground, edge, ink, muted, grid, wait, hatch, alarm } = theme;
  return (
    `.ground{fill:${ground};stroke:${edge}}.ink,text{fill:${ink}}.muted{fill:${muted}}` +
    `.grid{stroke:${grid}}.base{stroke:${edge}}.wait{fill:${wait};stroke:${hatch}}.hatch{stroke:${hatch}}.narrow{fill:${hatch};fill-opacity:.55}` +
    `.link{stroke:${hatch}}.ready{fill:${ground};stroke:${RUNNING}}.alarm{fill:${alarm}}` +
    `.halo{stroke:${ground}}.print{fill:${ground};stroke:${ink}}.baton{stroke:${ink}}.card{fill:${wait};stroke:${edge}}.box{fill:${ground}}.ring{stroke:${ink}}.lit{fill:${wait};stroke:${ink}}.dim{stroke:${hatch}}`
  );
}

/** Colours by class names, and not by variables, which programs that make a PDF of an SVG do not know. */
export function styleSheet(): string {
  const fixed =
    'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:12.5px}' +
    '.title{font-size:15px;font-weight:600}.small{font-size:11px}.name{font-weight:600}.end{text-anchor:end}' +
    `.mid{text-anchor:middle}.run{fill:${RUNNING}}.onColour{fill:#111;font-weight:600}.onBlue{fill:#fff}` +
    '.halo{stroke-width:3.5px;stroke-linejoin:round;paint-order:stroke}' +
    objectColours.map((colour, at) => `.o${at}{fill:${colour}}.s${at}{stroke:${colour}}`).join('');
  // The blue of the palette is too dark for a dark ground.
  const blue = objectColours.indexOf('#0072B2');
  const lighter = `.o${blue}{fill:#4aa3e0}.s${blue}{stroke:#4aa3e0}.onBlue{fill:#111}`;
  return `${fixed}${rules(light)}@media (prefers-color-scheme:dark){${rules(dark)}${lighter}}`;
}

/** What is held and what is sent through begin at different ends, so that few meet. */
export function coloursOf(
  objects: readonly { readonly id: number }[],
  isChannel: (id: number) => boolean,
): ReadonlyMap<number, number> {
  const colours = new Map<number, number>();
  let held = 0;
  let sent = 0;
  const count = objectColours.length;
  for (const { id } of objects) {
    // Pink first, then blue: arrows must be seen on both grounds.
    colours.set(id, isChannel(id) ? (count * 2 - 2 + sent++) % count : held++ % (count - 2));
  }
  return colours;
}

/** Text on this colour. */
export function inkOn(colour: number): string {
  return objectColours[colour] === '#0072B2' ? 'onColour onBlue' : 'onColour';
}

/** Diagonal lines: a wait is told without colour, too. */
export const hatching =
  '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<line class="hatch" x1="0" y1="0" x2="0" y2="6" stroke-width="1.6"/></pattern>';
