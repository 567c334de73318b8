// Controls that choose one of several values of any type: the front end knows their labels, this side the
// values.

import { type Appearance, appearance, controlModel } from './control';
import { Widget } from './widget';

interface SelectionState extends Appearance {
  _optionsLabels: readonly string[];
  index: number | null;
  description: string;
  disabled: boolean;
}

/** Values, or pairs of a label and a value. */
export type Options<T> = readonly (T | readonly [label: string, value: T])[];

/** What a Dropdown or RadioButtons is made of. */
export interface SelectionOptions<T> extends Partial<Appearance> {
  /** What there is to choose from. */
  options: Options<T>;
  /** Default: the first. */
  value?: T;
  /** Shown beside it. */
  description?: string;
  /** Whether its choice cannot be changed. */
  disabled?: boolean;
}

/** What Dropdown and RadioButtons have in common: one value of several. */
export class Selection<T> extends Widget<SelectionState> {
  /** The labels and values, in their order. */
  readonly options: readonly (readonly [label: string, value: T])[];

  constructor(
    name: string,
    { options, value, description = '', disabled = false, ...looks }: SelectionOptions<T>,
  ) {
    const pairs = options.map((option) => (isPair<T>(option) ? option : ([String(option), option] as const)));
    const wanted = value === undefined ? 0 : pairs.findIndex(([, each]) => Object.is(each, value));
    super(controlModel(name), {
      description,
      disabled,
      _optionsLabels: pairs.map(([label]) => label),
      index: pairs[wanted] === undefined ? null : wanted,
      ...appearance(looks, 'Description'),
    });
    this.options = pairs;
  }

  /** Undefined while nothing is chosen. */
  get value(): T | undefined {
    return this.options[this.get('index') ?? -1]?.[1];
  }

  /** A value that is none of the options chooses nothing. */
  set value(value: T | undefined) {
    const index = this.options.findIndex(([, each]) => Object.is(each, value));
    this.set({ index: index < 0 ? null : index });
  }

  /**
   * Calls `handle` with each value that is chosen from now on. What it prints appears under the cell that
   * called this.
   */
  onChoice(handle: (value: T | undefined) => void): void {
    this.observe(() => handle(this.value), 'index');
  }
}

function isPair<T>(option: T | readonly [string, T]): option is readonly [string, T] {
  return Array.isArray(option) && option.length === 2 && typeof option[0] === 'string';
}

/** A list that opens, to choose one of its values. */
export class Dropdown<T> extends Selection<T> {
  constructor(options: SelectionOptions<T>) {
    super('Dropdown', options);
  }
}

/** A list of values that are all in sight, to choose one of them. */
export class RadioButtons<T> extends Selection<T> {
  constructor(options: SelectionOptions<T>) {
    super('RadioButtons', options);
  }
}
