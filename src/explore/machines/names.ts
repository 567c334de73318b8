// The names of shared memory, as a value: what each stands for.
import type { Plain } from '../operations';
import { failed, type Rules } from './rule';

/** `what`: the id of a thing and what it takes to make it again. */
type Names = Readonly<Record<string, Plain>>;

export const names: Rules = {
  create: (names: Names, { args: [name, what] }) =>
    Object.hasOwn(names, String(name))
      ? { result: failed('SharedMemoryExistsError', name) }
      : { value: { ...names, [String(name)]: what } },
  attach: (names: Names, { args: [name] }) => ({
    result: names[String(name)] ?? failed('SharedMemoryNotFoundError', name),
  }),
  unlink: (names: Names, { args: [name] }) => {
    const { [String(name)]: what, ...others } = names;
    return what === undefined ? { result: failed('SharedMemoryNotFoundError', name) } : { value: others };
  },
};
