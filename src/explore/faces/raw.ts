// RawArray and RawValue, as a program under control sees them.
import { type Composite, type Parts, toParts } from '../../objects/handle';
import {
  type AnyType,
  type ArrayOf,
  arrayClasses,
  checkedInitial,
  type ElementOf,
  NumberCheck,
  typeNamed,
} from '../../shared/number-types';
import type { Initial, RawArray as RealRawArray, RawValue as RealRawValue } from '../../shared/raw';
import { showAs } from '../../system/show-as';
import type { Public } from './public';
import { newThing } from './thing';
import { type Cells, classOf, makeView, viewOf } from './view';

export const RawArray = function RawArray(type: AnyType, initial: Initial<AnyType>): Cells {
  return newView(type, initial, 'RawArray');
} as unknown as typeof RealRawArray;

export function newView(type: AnyType, initial: Initial<AnyType>, className: string): Cells {
  const { name: kind, BYTES_PER_ELEMENT: size } = arrayClasses[typeNamed(type)] as unknown as {
    name: string;
    BYTES_PER_ELEMENT: number;
  };
  const { length, elements } = checkedInitial(type, initial);
  const cells = classOf(kind, elements ?? length) as unknown as ArrayBufferView;
  const bytes = Buffer.from(cells.buffer as ArrayBuffer, cells.byteOffset, cells.byteLength).toString(
    'latin1',
  );
  const index = newThing('memory', bytes, className);
  return makeView({ index, kind, from: 0, length }, length * size);
}

export class RawValue<T extends AnyType = AnyType> implements Public<RealRawValue<T>, 'state'>, Composite {
  readonly #array: Cells;
  readonly #type: string;
  readonly #check: NumberCheck;

  constructor(type: T | ArrayOf<T> | Cells, initial?: ElementOf<T>, className = 'RawValue') {
    this.#type = typeof type === 'object' ? (named.get(type) ?? typeOfView(type)) : type;
    this.#check = new NumberCheck(this.#type);
    if (initial !== undefined) this.#check.check('value', initial);
    if (typeof type === 'string')
      this.#array = newView(type, initial === undefined ? 1 : ([initial] as never), className);
    else {
      this.#array = type as Cells;
      if (initial !== undefined) this.#array[0] = initial;
    }
  }

  get value(): ElementOf<T> {
    return this.#array[0] as ElementOf<T>;
  }

  set value(value: ElementOf<T>) {
    this.#check.check('value', value);
    this.#array[0] = value;
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'raw-value', parts: [this.#array, this.#type] };
  }

  /** 'i 42': of what type it is, and its number. */
  get state(): string {
    return `${this.#type} ${this.value}`;
  }
}

/** The name that the maker gave to the type, for numbers that came from another process. */
const named = new WeakMap<object, string>();

export function restoreRaw(array: Cells, type: string): RawValue {
  named.set(array, type);
  return new RawValue(array);
}

function typeOfView(view: object): string {
  const kind = viewOf(view)?.kind;
  return Object.entries(arrayClasses).find(([, { name }]) => name === kind)?.[0] ?? 'uint8';
}

showAs(RawValue.prototype, (raw: RawValue) => `<RawValue ${raw.state}>`);
