// Which piece of the program made what a name stands for, where a host such as the kernel knows: in a
// notebook a name may be older than what stands on the screen.

/** A name, and the cell that has made what it stands for, or has tried. */
export interface Definition {
  /** The name as it is written in the program. */
  readonly name: string;
  /** The cell, such as `Cell 7`. */
  readonly cell: string;
  /** What the cell ended with before its last line, such as `an error in line 2`. */
  readonly cut?: string;
}

/** What the host knows of the names that the running cell speaks of. */
export interface Definitions {
  /** Which of them stands for this value. */
  of(value: unknown): Definition | undefined;
  /** A name whose newest definition failed, so that an older one holds. */
  unmade(): Definition | undefined;
  /** A name that its cell made before it was changed, and makes no more. */
  gone(): Definition | undefined;
  /** A name that was made by a cell that did not come to its end. */
  cut(): Definition | undefined;
}

let definitions: Definitions | undefined;

/** From now on, `given` tells which cell made what. */
export function setDefinitions(given: Definitions): void {
  definitions = given;
}

export function hostDefinitions(): Definitions | undefined {
  return definitions;
}
