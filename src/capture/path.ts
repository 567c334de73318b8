// The way from the root of a capture to a value, written for a reader: `args[1].socket`, `target → helper →
// socket`.
import { NotSerializableError } from '../errors';

type Step =
  | { kind: 'property'; key: string | symbol }
  | { kind: 'index'; index: number | string }
  | { kind: 'variable'; name: string };

export class Path {
  static root(name: string): Path {
    return new Path(undefined, { kind: 'variable', name }, undefined);
  }

  readonly #parent: Path | undefined;
  readonly #step: Step;
  /** The object in which the last step was taken. */
  readonly holder: object | undefined;

  private constructor(parent: Path | undefined, step: Step, holder: object | undefined) {
    this.#parent = parent;
    this.#step = step;
    this.holder = holder;
  }

  property(key: string | symbol, holder: object): Path {
    const isIndex = typeof key === 'string' && /^\d+$/.test(key);
    return new Path(this, isIndex ? { kind: 'index', index: key } : { kind: 'property', key }, holder);
  }

  index(index: number | string): Path {
    return new Path(this, { kind: 'index', index }, undefined);
  }

  variable(name: string): Path {
    return new Path(this, { kind: 'variable', name }, undefined);
  }

  /** The path of a cell's variable: `exports` is how the program reads it, and not a word of the reader's. */
  renamed(name: string): Path {
    return new Path(this.#parent, { kind: 'variable', name }, undefined);
  }

  /** The name of the property that the last step was into. */
  get key(): string | symbol | undefined {
    return this.#step.kind === 'property' ? this.#step.key : undefined;
  }

  /** The name of the variable, closed over by a function, that the last step was into. */
  get closedOver(): string | undefined {
    return this.#step.kind === 'variable' && this.#parent !== undefined ? this.#step.name : undefined;
  }

  /** Whether the way leads through a variable that a function closes over. */
  get isAroundFunction(): boolean {
    for (let at: Path | undefined = this; at !== undefined; at = at.#parent) {
      if (at.closedOver !== undefined) return true;
    }
    return false;
  }

  /** The objects that the way leads through, the last first. */
  holders(): object[] {
    const holders: object[] = [];
    for (let at: Path | undefined = this; at !== undefined; at = at.#parent) {
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
    for (const step of this.#steps()) {
      if (step.kind === 'index') text += `[${step.index}]`;
      else if (step.kind === 'variable') text += text === '' ? step.name : ` → ${step.name}`;
      else if (typeof step.key === 'symbol') text += `[${String(step.key)}]`;
      else text += text === '' ? step.key : `.${step.key}`;
    }
    return text || 'the value';
  }

  /** The variable that a function closes over, where there is one; else the last property with a name. */
  #variableName(): string | undefined {
    const [root, ...steps] = this.#steps();
    const names = (kind: Step['kind']) =>
      steps.flatMap((step) => (step.kind !== kind || step.kind === 'index' ? [] : [nameOf(step)]));
    return names('variable').at(-1) ?? names('property').at(-1) ?? (root && nameOf(root));
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    for (let at: Path | undefined = this; at !== undefined; at = at.#parent) steps.unshift(at.#step);
    return steps;
  }
}

function nameOf(step: Step): string {
  if (step.kind === 'index') return String(step.index);
  return step.kind === 'variable' ? step.name : String(step.key);
}
