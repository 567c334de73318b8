// ipywidgets' controls, under its names; its Python documentation holds for them, with names in camelCase.

import { control } from './control';
import type { Widget } from './widget';

const described = { description: '', descriptionAllowHtml: false };
const enabled = { ...described, disabled: false };
const slider = {
  ...enabled,
  orientation: 'horizontal' as 'horizontal' | 'vertical',
  readout: true,
  continuousUpdate: true,
  behavior: 'drag-tap',
};
const progress = {
  ...described,
  orientation: 'horizontal' as 'horizontal' | 'vertical',
  barStyle: '' as '' | 'success' | 'info' | 'warning' | 'danger',
};
const text = { ...enabled, value: '', placeholder: '\u200b', continuousUpdate: true };
const range = { value: 0, min: 0, max: 100 };

/** A whole number between `min` and `max`. */
export class IntSlider extends control(
  'IntSlider',
  { ...slider, ...range, step: 1, readoutFormat: 'd' },
  { style: 'Slider' },
) {}

/** A number between `min` and `max`. */
export class FloatSlider extends control(
  'FloatSlider',
  { ...slider, ...range, step: 0.1, readoutFormat: '.2f' },
  { style: 'Slider' },
) {}

/** A bar that shows how far something is. */
export class IntProgress extends control(
  'IntProgress',
  { ...progress, ...range },
  { style: 'Progress', view: 'Progress' },
) {}

export class FloatProgress extends control(
  'FloatProgress',
  { ...progress, ...range },
  { style: 'Progress', view: 'Progress' },
) {}

/** A field for a whole number. */
export class IntText extends control(
  'IntText',
  { ...enabled, value: 0, step: 1, continuousUpdate: false },
  { style: 'Description' },
) {}

export class FloatText extends control(
  'FloatText',
  { ...enabled, value: 0, step: null as number | null, continuousUpdate: false },
  { style: 'Description' },
) {}

export class Checkbox extends control(
  'Checkbox',
  { ...enabled, value: false, indent: true },
  { style: 'Checkbox' },
) {}

export class ToggleButton extends control(
  'ToggleButton',
  { ...enabled, value: false, icon: '', buttonStyle: '' },
  { style: 'ToggleButton' },
) {}

export class Text extends control('Text', text, { style: 'Text' }) {}

export class Textarea extends control(
  'Textarea',
  { ...text, rows: null as number | null },
  { style: 'Text' },
) {}

export class Label extends control('Label', { ...described, value: '' }, { style: 'Label' }) {}

export class HTML extends control('HTML', { ...described, value: '' }, { style: 'HTML' }) {}

const box = { children: [] as readonly Widget<object>[], boxStyle: '' };

/** Its children beside each other. */
export class HBox extends control('HBox', box) {}

/** Its children one below the other. */
export class VBox extends control('VBox', box) {}

export class Button extends control(
  'Button',
  { description: '', disabled: false, icon: '', buttonStyle: '' },
  { style: 'Button' },
) {
  /** What `handle` prints appears under the cell that called this. */
  onClick(handle: () => void): void {
    this.onMsg(({ data }) => {
      if (data.event === 'click') handle();
    });
  }
}
