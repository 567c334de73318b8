/** One place where a free name is used. Offsets count in the source. */
export interface Use {
  start: number;
  end: number;
  isWrite: boolean;
  /** `{ name }`, which must become `{ name: … }` when the name is replaced. */
  isShorthand: boolean;
  /** `name()`, whose `this` must stay undefined when the name is replaced. */
  isCallee: boolean;
}
