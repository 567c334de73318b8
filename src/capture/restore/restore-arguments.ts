// `arguments` objects made again: by a call, so that a parameter and its place stay one.

const parameters = new WeakMap<object, object>();

/** Empty but for the places of the parameters. */
export function makeArguments(names: readonly (string | undefined)[]): object {
  const [made, accessors] = callWith(names);
  for (const key of Reflect.ownKeys(made)) {
    if (typeof key !== 'string' || names[Number(key)] === undefined) Reflect.deleteProperty(made, key);
  }
  parameters.set(made, accessors);
  return made;
}

/** An object whose properties are the parameters, by their names. */
export function parametersOf(made: object): object | undefined {
  return parameters.get(made);
}

/** Calls a function that is not strict: in any other, arguments and parameters are not one. */
function callWith(names: readonly (string | undefined)[]): [object, object] {
  const all = Array.from(names, (_, index) => `p${index}`);
  const accessors = Array.from(names, (name, index) => {
    const key = JSON.stringify(name ?? '');
    return name === undefined
      ? ''
      : `get ${key}() { return p${index}; }, set ${key}(to) { p${index} = to; },`;
  });
  const call = new Function(...all, `return [arguments, { ${accessors.join(' ')} }];`);
  return Reflect.apply(call, undefined, Array.from(names)) as [object, object];
}
