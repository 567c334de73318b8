// A panel: something to look at with buttons below it, which a host such as the kernel can show so that
// people click. Knows nothing of what is shown.

/** One thing that can be clicked. */
export interface PanelButton {
  /** The key, which is the same as long as it is the same button. */
  readonly key: string;
  /** What stands on it. */
  readonly label: string;
  /** Shown while the mouse rests on it. */
  readonly tooltip: string;
  /** Whether it cannot be pressed now. */
  readonly isOff: boolean;
  /** Its colour, as in CSS; absent for one that stands back. */
  readonly colour?: string;
  /** The colour of what stands on that colour. */
  readonly ink?: string;
}

/** What a host shows, and tells of clicks. */
export interface Panel {
  /** The same panel in words. */
  readonly text: string;
  /** What is above the buttons. */
  readonly html: string;
  /** The buttons, row by row. */
  readonly buttons: readonly (readonly PanelButton[])[];
  /** A button was clicked. */
  press(key: string): void;
  /** `listener` is called whenever the panel has changed. */
  onChange(listener: () => void): void;
}

/** Gives the MIME bundle that shows a panel. */
export type PanelDisplay = (panel: Panel) => Record<string, unknown>;

let hostDisplay: PanelDisplay | undefined;

/** From now on, panels of this process are shown by `display`. */
export function setPanelDisplay(display: PanelDisplay): void {
  hostDisplay = display;
}

export function panelDisplay(): PanelDisplay | undefined {
  return hostDisplay;
}
