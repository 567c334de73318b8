// ipywidgets' controls, under its names; its Python documentation holds for them, with names in camelCase.

import { control } from './control';
import type { Widget } from './widget';

const described = {
  /** Shown beside the control. */
  description: '',
  /** Whether the description is HTML. */
  descriptionAllowHtml: false,
};
const enabled = {
  ...described,
  /** Whether it cannot be used. */
  disabled: false,
};
const slider = {
  ...enabled,
  /** Which way it goes. */
  orientation: 'horizontal' as 'horizontal' | 'vertical',
  /** Whether the value stands beside it. */
  readout: true,
  /** Whether each movement or letter changes the value, or only the last. */
  continuousUpdate: true,
  /** How it is moved: noUiSlider's name for it. */
  behavior: 'drag-tap',
};
const progress = {
  ...described,
  /** Which way it goes. */
  orientation: 'horizontal' as 'horizontal' | 'vertical',
  /** What its colour says. */
  barStyle: '' as '' | 'success' | 'info' | 'warning' | 'danger',
};
const text = {
  ...enabled,
  /** What it holds. */
  value: '',
  /** Shown while it is empty. */
  placeholder: '\u200b',
  /** Whether each movement or letter changes the value, or only the last. */
  continuousUpdate: true,
};
const range = {
  /** The number. */
  value: 0,
  /** The least. */
  min: 0,
  /** The most. */
  max: 100,
};

/** A slider for a whole number between `min` and `max`. */
export class IntSlider extends control(
  'IntSlider',
  {
    ...slider,
    ...range,
    /** How far one movement goes. */
    step: 1,
    /** How the value is written: d3-format's name for it. */
    readoutFormat: 'd',
  },
  { style: 'Slider' },
) {}

/** A slider for a number between `min` and `max`. */
export class FloatSlider extends control(
  'FloatSlider',
  {
    ...slider,
    ...range,
    /** How far one movement goes. */
    step: 0.1,
    /** How the value is written: d3-format's name for it. */
    readoutFormat: '.2f',
  },
  { style: 'Slider' },
) {}

/** A bar that shows how far something is. */
export class IntProgress extends control(
  'IntProgress',
  { ...progress, ...range },
  { style: 'Progress', view: 'Progress' },
) {}

/** A bar that shows how far something is, in parts of a step. */
export class FloatProgress extends control(
  'FloatProgress',
  { ...progress, ...range },
  { style: 'Progress', view: 'Progress' },
) {}

/** A field to type a whole number. */
export class IntText extends control(
  'IntText',
  {
    ...enabled,
    /** The number. */
    value: 0,
    /** How far one movement goes. */
    step: 1,
    /** Whether each letter changes the value, or only Enter. */
    continuousUpdate: false,
  },
  { style: 'Description' },
) {}

/** A field to type a number. */
export class FloatText extends control(
  'FloatText',
  {
    ...enabled,
    /** The number. */
    value: 0,
    /** How far one movement goes; null for any. */
    step: null as number | null,
    /** Whether each letter changes the value, or only Enter. */
    continuousUpdate: false,
  },
  { style: 'Description' },
) {}

/** A box to tick. */
export class Checkbox extends control(
  'Checkbox',
  {
    ...enabled,
    /** Whether it is on. */
    value: false,
    /** Whether it stands in line with controls that have a description. */
    indent: true,
  },
  { style: 'Checkbox' },
) {}

/** A button that stays pressed until it is pressed again. */
export class ToggleButton extends control(
  'ToggleButton',
  {
    ...enabled,
    /** Whether it is on. */
    value: false,
    /** The name of a Font Awesome icon. */
    icon: '',
    /** What its colour says: 'success', 'info', 'warning' or 'danger'. */
    buttonStyle: '',
  },
  { style: 'ToggleButton' },
) {}

/** A field to type a line of text. */
export class Text extends control('Text', text, { style: 'Text' }) {}

/** A field to type several lines of text. */
export class Textarea extends control(
  'Textarea',
  {
    ...text,
    /** How many lines are seen; null for as many as there are. */
    rows: null as number | null,
  },
  { style: 'Text' },
) {}

/** Shows a text. */
export class Label extends control(
  'Label',
  {
    ...described,
    /** What it holds. */
    value: '',
  },
  { style: 'Label' },
) {}

/** Shows HTML. */
export class HTML extends control(
  'HTML',
  {
    ...described,
    /** What it holds. */
    value: '',
  },
  { style: 'HTML' },
) {}

const box = {
  /** The widgets inside. */
  children: [] as readonly Widget<object>[],
  /** What its colour says: 'success', 'info', 'warning' or 'danger'. */
  boxStyle: '',
};

/** Shows widgets beside each other. */
export class HBox extends control('HBox', box) {}

/** Shows widgets one below the other. */
export class VBox extends control('VBox', box) {}

/** A button to click. */
export class Button extends control(
  'Button',
  {
    /** What stands on it. */
    description: '',
    /** Whether it cannot be pressed. */
    disabled: false,
    /** The name of a Font Awesome icon. */
    icon: '',
    /** What its colour says: 'success', 'info', 'warning' or 'danger'. */
    buttonStyle: '',
  },
  { style: 'Button' },
) {
  /** What `handle` prints appears under the cell that called this. */
  onClick(handle: () => void): void {
    this.onMsg(({ data }) => {
      if (data.event === 'click') handle();
    });
  }
}
