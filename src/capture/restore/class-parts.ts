// What a class or function that was made here of its text can be asked for, as long as it lives. An original
// of this process has none of it.
export type Evaluate = (text: string) => unknown;
export type Setter = (object: object, value: unknown) => void;

export interface CodeParts {
  /** The text that was compiled, and the variables that it has. */
  readonly source: string;
  readonly names: readonly string[];
  assign(values: unknown[]): void;
  /** Of a class. */
  layingOut?(isOn: boolean): void;
  /** Evaluates within the class body, where its private names mean something. */
  evaluate?: Evaluate | undefined;
  /** What sets private fields, by their names. */
  setters?: Map<string, Setter>;
}

const parts = new WeakMap<object, CodeParts>();

export function rememberParts(made: object, of: CodeParts): void {
  parts.set(made, of);
}

export function partsOf(made: object): CodeParts | undefined {
  return parts.get(made);
}
