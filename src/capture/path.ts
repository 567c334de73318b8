// The way from the root of a capture to a value, written for a reader: `args[1].socket`, `target → helper →
// socket`.
import { NotSerializableError } from '../errors';

type Kind = 'property' | 'index' | 'variable';
/** A key, an index, or the name of a variable. */
type Step = string | symbol | number;

export class Path {
  static root(name: string): Path {
    return new Path(undefined, 'variable', name, undefined);
  }

  readonly #parent: Path | undefined;
  readonly #kind: Kind;
  readonly #step: Step;
  /** The object in which the last step was taken. */
  readonly holder: object | undefined;
  /** Whether the way leads through a variable that a function closes over. */
  readonly isAroundFunction: boolean;

  private constructor(parent: Path | undefined, kind: Kind, step: Step, holder: object | undefined) {
    this.#parent = parent;
    this.#kind = kind;
    this.#step = step;
    this.holder = holder;
    // Remembered: a way may be 200,000 steps long, and each value on it is asked.
    this.isAroundFunction = parent !== undefined && (kind === 'variable' || parent.isAroundFunction);
  }

  property(key: string | symbol, holder: object): Path {
    const isIndex = typeof key === 'string' && /^\d+$/.test(key);
    return new Path(this, isIndex ? 'index' : 'property', key, holder);
  }

  item(index: number, holder: object): Path {
    return new Path(this, 'index', index, holder);
  }

  index(index: number | string): Path {
    return new Path(this, 'index', index, undefined);
  }

  variable(name: string): Path {
    return new Path(this, 'variable', name, undefined);
  }

  /** The path of a cell's variable: `exports` is how the program reads it, and not a word of the reader's. */
  renamed(name: string): Path {
    return new Path(this.#parent, 'variable', name, undefined);
  }

  /** The name of the property that the last step was into. */
  get key(): string | symbol | undefined {
    return this.#kind === 'property' ? (this.#step as string | symbol) : undefined;
  }

  /** The name of the variable, closed over by a function, that the last step was into. */
  get closedOver(): string | undefined {
    return this.#kind === 'variable' && this.#parent !== undefined ? String(this.#step) : undefined;
  }

  /** The objects that the way leads through, the last first. */
  holders(most = Number.POSITIVE_INFINITY): object[] {
    const holders: object[] = [];
    for (let at: Path | undefined = this; at !== undefined && holders.length < most; at = at.#parent) {
      if (at.holder !== undefined) holders.push(at.holder);
    }
    return holders;
  }

  refuse(what: string, advice?: string): NotSerializableError {
    const text = this.toString();
    return new NotSerializableError(text, this.#variableName() || text, what, advice);
  }

  toString(): string {
    let text = '';
    for (const path of this.#steps()) {
      const name = String(path.#step);
      if (path.#kind === 'index' || typeof path.#step === 'symbol') text += `[${name}]`;
      else if (text === '') text = name;
      else text += path.#kind === 'variable' ? ` → ${name}` : `.${name}`;
    }
    return text || 'the value';
  }

  /** The variable that a function closes over, where there is one; else the last property with a name. */
  #variableName(): string | undefined {
    const [root, ...steps] = this.#steps();
    const last = (kind: Kind) => steps.findLast((path) => path.#kind === kind);
    const named = last('variable') ?? last('property') ?? root;
    return named && String(named.#step);
  }

  #steps(): Path[] {
    const steps: Path[] = [];
    for (let at: Path | undefined = this; at !== undefined; at = at.#parent) steps.push(at);
    return steps.reverse();
  }
}
