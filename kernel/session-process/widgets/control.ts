// Makes the classes of ipywidgets' controls from tables: each name of the state becomes a property.

import { type Model, Widget } from './widget';

type Control<S extends object> = new (
  state?: Partial<S & Appearance>,
) => Widget<S & Appearance> & S & Appearance;

/** As in CSS, `{ width: '50%' }`; see ipywidgets' Layout. */
export type Layout = { [property: string]: string | null };
/** See the styles of ipywidgets, `{ descriptionWidth: '10em' }`. */
export type Style = { [property: string]: unknown };

/** How a control looks. Given as objects; the front end has models of their own for them. */
export interface Appearance {
  /** Size and place. */
  layout: Layout | Widget<Layout>;
  /** Colours and fonts. */
  style: Style | Widget<Style>;
  /** Shown while the mouse rests on it. */
  tooltip: string | null;
}

const CONTROLS = { module: '@jupyter-widgets/controls', version: '2.0.0', snakeCase: true };
const BASE = '@jupyter-widgets/base';
const LAYOUT: Model = { ...CONTROLS, module: BASE, model: 'LayoutModel', view: 'LayoutView' };

export function controlModel(name: string, view = name): Model {
  return { ...CONTROLS, model: `${name}Model`, view: `${view}View` };
}

function styleModel(name: string): Model {
  return { ...CONTROLS, model: `${name}StyleModel`, view: 'StyleView', viewModule: BASE };
}

/** `styleName`: the front end's class for how the control looks, where it has one. */
export function appearance(
  { layout = {}, style = {}, tooltip = null }: Partial<Appearance>,
  styleName: string | undefined,
): Appearance {
  return {
    tooltip,
    layout: layout instanceof Widget ? layout : new Widget(LAYOUT, layout),
    ...(styleName !== undefined && {
      style: style instanceof Widget ? style : new Widget(styleModel(styleName), style),
    }),
  } as Appearance;
}

export function control<S extends object>(
  name: string,
  state: S,
  { style, view = name }: { style?: string; view?: string } = {},
): Control<S> {
  type Whole = S & Appearance;
  class ControlWidget extends Widget<Whole> {
    constructor(given: Partial<Whole> = {}) {
      super(controlModel(name, view), { ...state, ...given, ...appearance(given, style) });
    }
  }
  for (const key of [...Object.keys(state), 'layout', 'style', 'tooltip'] as (keyof Whole)[]) {
    Object.defineProperty(ControlWidget.prototype, key, {
      get(this: ControlWidget) {
        return this.get(key);
      },
      set(this: ControlWidget, value: Whole[typeof key]) {
        this.set({ [key]: value } as unknown as Partial<Whole>);
      },
    });
  }
  return ControlWidget as unknown as Control<S>;
}
