// The value whose keys may stand at the cursor, as the names that lead to it: of `d.users[0].na` d, users, 0.

/** How long a way to a value may be: no person writes a longer one. */
const FARTHEST = 300;
const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const WAY = String.raw`(?<![\p{ID_Continue}$.\])])(${NAME}(?:\??\.${NAME}|\[\d+\])*)`;
const BEHIND = String.raw`(?:\??\.((?:${NAME})?)|\[(['"])([^'"\n]*))$`;
const VALUE = new RegExp(WAY + BEHIND, 'u');
const STEP = new RegExp(String.raw`${NAME}|\d+`, 'gu');
const IS_NAME = new RegExp(`^${NAME}$`, 'u');

interface ValueBefore {
  readonly path: readonly string[];
  /** Where the key begins. */
  readonly start: number;
  /** Returns those of the value's keys that fit. */
  fitting(keys: readonly string[]): string[];
}

export function valueBefore(code: string, cursor: number): ValueBefore | undefined {
  const found = VALUE.exec(code.slice(Math.max(0, cursor - FARTHEST), cursor));
  if (!found) return undefined;
  const [, way = '', name, quote, text] = found;
  const written = name ?? text ?? '';
  const canStand = (key: string) => (quote === undefined ? IS_NAME.test(key) : !/['"\\\n]/.test(key));
  return {
    path: way.match(STEP) ?? [],
    start: cursor - written.length,
    fitting: (keys) => keys.filter((key) => key.startsWith(written) && canStand(key)),
  };
}
