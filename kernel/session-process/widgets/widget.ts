// A widget: state that this notebook and its pictures in the front end share. A change on either side reaches
// the other.

import { inspect } from 'node:util';
import type { MimeBundle } from '../../conversations/session';
import { displaySymbol } from '../display/mime-bundle';
import { textOf } from '../display/readable';
import { Comm, type CommHandler, inItsCell, listen, registerTarget } from '../talk/comms';
import { fromWireName, type State, toWireName, withBuffers, withoutBuffers } from './state';

/** Which JavaScript class of the front end is the other end. */
export interface Model {
  /** The package of the front end's class. */
  module: string;
  /** The version of that package, as semver ranges go. */
  version: string;
  /** The class that holds the state. */
  model: string;
  /** The class that shows it. */
  view: string;
  /** Where the view is, if not where the model is. */
  viewModule?: string;
  /** Whether the names of the state are written_so there. */
  snakeCase: boolean;
}

/** A change of the state, as observers get it. */
export interface Change<S extends object, K extends keyof S = keyof S> {
  /** Which name of the state. */
  name: K;
  /** What it was before. */
  old: S[K];
  /** What it is now. */
  new: S[K];
  /** The widget that changed. */
  owner: Widget<S>;
}

type AnyObserver = (change: never) => void;

interface Ears {
  observers: Map<AnyObserver, { name: PropertyKey | undefined; call: AnyObserver }>;
  custom: CommHandler | undefined;
}

const PROTOCOL = { version: '2.1.0' };

/** The widgets made here, by their ids, until they are closed. What listens to them stays in this process. */
const widgets = new Map<string, Widget<object>>();
const earsOf = new WeakMap<object, Ears>();

/** What every control is: state that a notebook and its front end share. Python: ipywidgets.Widget. */
export class Widget<S extends object> {
  // It is not `#private`: a widget travels to child processes, which can change what it shows.
  private readonly model: Model;
  private readonly comm: Comm;
  private state: S;

  constructor(model: Model, state: S) {
    this.model = model;
    this.state = { ...state };
    const { state: sent, buffer_paths, buffers } = withoutBuffers(this.onWire(state));
    const data = { state: { ...describe(model), ...sent }, buffer_paths };
    this.comm = new Comm('jupyter.widget', { data, metadata: PROTOCOL, buffers });
    earsOf.set(this, { observers: new Map(), custom: undefined });
    widgets.set(this.modelId, this as unknown as Widget<object>);
    listen(this.comm, {
      heard: (message) => this.hear(message),
      closed: () => widgets.delete(this.modelId),
    });
  }

  /** What the front end knows it by. */
  get modelId(): string {
    return this.comm.commId;
  }

  /** What the state holds under this name. */
  get<K extends keyof S>(name: K): S[K] {
    return this.state[name];
  }

  /** Changes the state here and in the front end, and tells who observes it. */
  set(changes: Partial<S>): void {
    const { state, buffer_paths, buffers } = withoutBuffers(this.onWire(changes));
    this.comm.send({ method: 'update', state, buffer_paths }, { buffers });
    this.change(changes);
  }

  /**
   * Calls `observer` after each change, of `name` alone if it is given. What it prints appears under the cell
   * that called this. After traitlets' method of this name.
   */
  observe<K extends keyof S>(observer: (change: Change<S, K>) => void, name?: K): void {
    this.ears.observers.set(observer, { name, call: inItsCell(observer) });
  }

  /** Takes an observer back. */
  unobserve<K extends keyof S>(observer: (change: Change<S, K>) => void): void {
    this.ears.observers.delete(observer);
  }

  /** Resolves to the next value of `name` that is another. */
  changed<K extends keyof S>(name: K): Promise<S[K]> {
    return new Promise((resolve) => {
      const observer = (change: Change<S, K>) => {
        this.unobserve(observer);
        resolve(change.new);
      };
      this.observe(observer, name);
    });
  }

  /** Says something to the model in the front end that is no change of its state. */
  send(content: { [key: string]: unknown }, buffers: readonly (ArrayBuffer | ArrayBufferView)[] = []): void {
    this.comm.send({ method: 'custom', content }, { buffers });
  }

  /** What the model in the front end says beside its state. The last handler counts. */
  onMsg(handle: CommHandler): void {
    this.ears.custom = inItsCell(handle);
  }

  /** Removes it from the front end. */
  close(): void {
    widgets.delete(this.modelId);
    this.comm.close();
  }

  /** @internal */
  [displaySymbol](): MimeBundle {
    return {
      'application/vnd.jupyter.widget-view+json': {
        version_major: 2,
        version_minor: 0,
        model_id: this.modelId,
      },
      'text/plain': textOf(this),
    };
  }

  /** @internal */
  [inspect.custom](): string {
    const shown = Object.entries(this.state).filter(([, value]) => !isUnset(value));
    return `${this.constructor.name}(${shown.map(([name, value]) => `${name}=${textOf(value)}`).join(', ')})`;
  }

  /**
   * Returns the state for a front end that comes later.
   *
   * @internal
   */
  wholeState(): State {
    return { ...describe(this.model), ...this.onWire(this.state) };
  }

  private get ears(): Ears {
    return earsOf.get(this) ?? { observers: new Map(), custom: undefined };
  }

  private hear({ data, buffers, metadata }: Parameters<CommHandler>[0]): void {
    if (data.method === 'custom') {
      this.ears.custom?.({ data: data.content as State, buffers, metadata });
      return;
    }
    if (data.method !== 'update') return;
    const paths = (data.buffer_paths ?? []) as (string | number)[][];
    // Other front ends of this notebook learn of it, and this one that it was heard.
    this.comm.send({ method: 'echo_update', state: data.state, buffer_paths: paths }, { buffers });
    const heard = withBuffers({ state: data.state as State, buffer_paths: paths, buffers });
    const entries = Object.entries(heard).map(([name, value]) => [this.nameOf(name), value]);
    this.change(Object.fromEntries(entries) as Partial<S>);
  }

  private change(changes: Partial<S>): void {
    const before = this.state;
    this.state = { ...before, ...changes };
    for (const name of Object.keys(changes) as (keyof S)[]) {
      const change: Change<S> = { name, old: before[name], new: this.state[name], owner: this };
      if (Object.is(change.old, change.new)) continue;
      for (const observer of [...this.ears.observers.values()]) {
        if (observer.name === undefined || observer.name === name) observer.call(change as never);
      }
    }
  }

  private nameOf(wireName: string): string {
    return this.model.snakeCase ? fromWireName(wireName) : wireName;
  }

  private onWire(state: Partial<S>): State {
    const name = this.model.snakeCase ? toWireName : String;
    return Object.fromEntries(Object.entries(state).map(([key, value]) => [name(key), asReference(value)]));
  }
}

/** Widgets within a state are named by their ids. */
function asReference(value: unknown): unknown {
  if (value instanceof Widget) return `IPY_MODEL_${value.modelId}`;
  return Array.isArray(value) ? value.map(asReference) : value;
}

function isUnset(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value instanceof Widget;
}

function describe({ module, version, model, view, viewModule = module }: Model): State {
  return {
    _model_module: module,
    _model_module_version: version,
    _model_name: model,
    _view_module: viewModule,
    _view_module_version: version,
    _view_name: view,
    _view_count: null,
  };
}

// A front end that opens the notebook later asks for all that there is.
registerTarget('jupyter.widget.control', (comm) => {
  const heard: CommHandler = ({ data }) => {
    if (data.method !== 'request_states') return;
    const states: State = {};
    for (const [id, widget] of widgets) {
      const state = widget.wholeState();
      states[id] = {
        model_name: state._model_name,
        model_module: state._model_module,
        model_module_version: state._model_module_version,
        state,
      };
    }
    const { state, buffer_paths, buffers } = withoutBuffers(states);
    // The path names the widget, then the place in its state.
    const paths = buffer_paths.map(([id, _state, ...rest]) => [id, ...rest]);
    comm.send({ method: 'update_states', states: state, buffer_paths: paths }, { buffers });
  };
  listen(comm, { heard });
});
