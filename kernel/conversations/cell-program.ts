// A converted cell as plain data: what the kernel process sends to the session, which evaluates it.

/** One cell, ready to run: JavaScript in which every top-level binding of the notebook is `exports.NAME`. */
export interface CellProgram {
  /** The script's name in stack traces: `Cell 3`. */
  readonly url: string;
  /**
   * The body of `function (exports, require, __import, __interruptible, __interruptibleIterable,
   * __importMeta, __module, __liveImport) { … }` (an `async function` if `isAsync`). The source map counts
   * from the body's first character: line 1, column 0.
   */
  readonly javascript: string;
  /**
   * From `javascript` back to the student's TypeScript; `sources` is `[url]`, the cell's text is included.
   */
  readonly sourceMap: SourceMap;
  /** Whether the body awaits at its top level, so that the wrapper must be an async function. */
  readonly isAsync: boolean;
  /** `exports[resultName]` is the value of the cell's last expression. Absent if the cell ends otherwise. */
  readonly resultName?: string;
  /** The names that the cell binds. */
  readonly declares: readonly string[];
  /** The names of earlier cells that it speaks of. */
  readonly uses: readonly string[];
  /** Local modules that the cell imports, directly or not, in no particular order. */
  readonly modules: readonly LocalModule[];
}

/** A `.ts`, `.tsx` or `.js` file of the student's that a cell imports. */
export interface LocalModule {
  /** The file's absolute path. */
  readonly path: string;
  /** A digest of the file's text: the session drops its copy from `require.cache` when it differs. */
  readonly digest: string;
}

/** A source map, version 3, as it stands in a `.map` file. */
export interface SourceMap {
  readonly version: 3;
  readonly file: string;
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly names: string[];
  readonly mappings: string;
}
