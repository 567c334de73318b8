// What JavaScript and Node bring along, by its text.

const textOf = Function.prototype.toString;

export function isNative(value: unknown): boolean {
  return typeof value === 'function' && /\{ \[native code\] \}$/.test(textOf.call(value));
}
