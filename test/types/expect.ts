// For the files beside it, which are compiled and never run: says that a value has exactly a type.
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export function is<Expected>() {
  return <Actual>(
    _value: Actual,
    ..._same: Same<Actual, Expected> extends true ? [] : ['another type']
  ) => {};
}
