/**
 * What notebooks import for controls that a cell shows and reads, and the comms below them.
 *
 * @module parlab/widgets
 */

export { Comm, type CommContent, type CommHandler, type CommMessage, registerTarget } from '../talk/comms';
export { AnyWidget, type AnyWidgetOptions } from './any-widget';
export type { Appearance, Layout, Style } from './control';
export {
  Button,
  Checkbox,
  FloatProgress,
  FloatSlider,
  FloatText,
  HBox,
  HTML,
  IntProgress,
  IntSlider,
  IntText,
  Label,
  Text,
  Textarea,
  ToggleButton,
  VBox,
} from './controls';
export { Dropdown, type Options, RadioButtons, Selection, type SelectionOptions } from './selection';
export { type Change, type Model, Widget } from './widget';
