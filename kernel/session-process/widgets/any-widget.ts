// AnyWidget: a widget whose front end is written in the notebook, as a JavaScript module
// (https://anywidget.dev).

import { type Model, Widget } from './widget';

/** What an AnyWidget is made of. */
export interface AnyWidgetOptions<S extends object> {
  /** A module with `export default { render({ model, el }) { … } }`. */
  esm: string;
  /** The style of what the module renders. */
  css?: string;
  /** What both sides share, under these names. */
  state?: S;
}

interface Program {
  _esm: string;
  _css: string;
  _anywidget_id: string;
}

// Whichever version the front end has.
const MODEL: Model = {
  module: 'anywidget',
  version: '*',
  model: 'AnyModel',
  view: 'AnyView',
  snakeCase: false,
};

/**
 * A control whose front end is JavaScript of your own. It needs the package anywidget beside JupyterLab.
 * `get` and `set` reach the shared state; `send` and `onMsg` say more.
 */
export class AnyWidget<S extends object> extends Widget<S & Program> {
  constructor({ esm, css = '', state }: AnyWidgetOptions<S>) {
    const program: Program = { _esm: esm, _css: css, _anywidget_id: 'parlab.AnyWidget' };
    super(MODEL, { ...program, ...state } as S & Program);
  }
}
