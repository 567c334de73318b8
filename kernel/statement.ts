// What is known of a statement of a cell: its text, and which names it gives a meaning.

export interface Binding {
  readonly name: string;
  /** The module of an import, and what it is called there. */
  readonly from?: string;
  /** It is declared elsewhere. */
  readonly isAssigned?: true;
}

export interface Statement {
  readonly text: string;
  /** What it declares, imports or assigns, also from within a function. */
  readonly binds: readonly Binding[];
}
