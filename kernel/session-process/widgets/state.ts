// A widget's state on its way: bytes travel beside the JSON, and names are written as the front end's models
// write them. https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md

// A program may have one of its own.
const { structuredClone } = globalThis;

export type State = { [name: string]: unknown };

interface WireState {
  state: State;
  buffer_paths: (string | number)[][];
  buffers: Uint8Array[];
}

/** Takes the bytes out of a state, and notes where they were. */
export function withoutBuffers(state: State): WireState {
  const wire: WireState = { state: {}, buffer_paths: [], buffers: [] };
  wire.state = separate(state, [], wire) as State;
  return wire;
}

function separate(value: unknown, path: (string | number)[], wire: WireState): unknown {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    wire.buffer_paths.push(path);
    wire.buffers.push(
      ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value),
    );
    return null;
  }
  if (Array.isArray(value)) return value.map((item, at) => separate(item, [...path, at], wire));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, separate(item, [...path, name], wire)]),
  );
}

/** Puts the bytes back to where they were. */
export function withBuffers({ state, buffer_paths, buffers }: WireState): State {
  const whole = structuredClone(state);
  for (const [at, path] of buffer_paths.entries()) {
    const last = path.at(-1);
    let place: unknown = whole;
    for (const step of path.slice(0, -1)) place = (place as State | undefined)?.[step];
    if (typeof place === 'object' && place !== null && last !== undefined)
      (place as State)[last] = buffers[at];
  }
  return whole;
}

function isPlain(value: unknown): value is State {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `readoutFormat` ⇄ `readout_format`. */
export function toWireName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function fromWireName(name: string): string {
  return name.replace(/(?<=.)_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
