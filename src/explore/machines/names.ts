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
    result: Object.hasOwn(names, String(name))
      ? names[String(name)]
      : failed('SharedMemoryNotFoundError', name),
  }),
  unlink: (names: Names, { args: [name] }) => {
    const { [String(name)]: _what, ...others } = names;
    return Object.hasOwn(names, String(name))
      ? { value: others }
      : { result: failed('SharedMemoryNotFoundError', name) };
  },
};
