// An interrupt is many small things, each tried on its own: a program may have broken what one of them needs.

let failure: unknown;

/** What fails keeps no other part from being tried. */
export function part(act: () => void): void {
  try {
    act();
  } catch (error) {
    failure ??= error;
  }
}

/** What failed first since it was last asked for. */
export function takeFailure(): unknown {
  const failed = failure;
  failure = undefined;
  return failed;
}
