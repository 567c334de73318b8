// Mocks of Jest and Vitest: what one does goes to the other process, and not the runner around it, in which
// it counts its calls.
type AnyFunction = (...args: never[]) => unknown;

/** What is called in its place; a mock without anything to do does as little as `Function.prototype`. */
export function doneByMock(value: AnyFunction): AnyFunction | undefined {
  if (dataOf(value, '_isMockFunction') !== true) return undefined;
  const ask = dataOf(value, 'getMockImplementation');
  if (typeof ask !== 'function') return undefined;
  const done: unknown = Reflect.apply(ask, value, []);
  return typeof done === 'function' ? (done as AnyFunction) : (Function.prototype as AnyFunction);
}

function dataOf(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
