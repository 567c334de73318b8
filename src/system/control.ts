// Whether what is real may be made or waited for just now. While a program under control runs, whose locks
// and processes are none of the system's, it may not: whoever controls it says so.
let check: ((what: string) => void) | undefined;

/** `refuse` throws where nothing real may happen. */
export function whenReal(refuse: (what: string) => void): void {
  check = refuse;
}

/** Is called before something real is made, started or waited for. */
export function isReal(what: string): void {
  check?.(what);
}
