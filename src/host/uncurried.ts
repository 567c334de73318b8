// Methods as functions, taken at the start: what a program replaces on a prototype later must not silence it.
// As Node's own code does it with its "primordials".

type Method = (this: never, ...args: never[]) => unknown;
type Uncurried<F extends Method> = (self: ThisParameterType<F>, ...args: Parameters<F>) => ReturnType<F>;

const { bind, call } = Function.prototype;

/** Asks neither the method's prototype nor `Function.prototype` when it is called. */
export function uncurried<F extends Method>(method: F): Uncurried<F> {
  return bind.call(call, method) as Uncurried<F>;
}
