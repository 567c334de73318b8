// Gives a restored object its own properties and its prototype.
import type { Members } from '../captured';
import type { Restoring } from './restoring';

export function fillMembers(object: object, members: Members, restorer: Restoring): void {
  if (members.prototype !== undefined) {
    const prototype = restorer.value(members.prototype) as object | null;
    if (Object.getPrototypeOf(object) !== prototype) Object.setPrototypeOf(object, prototype);
  }
  // Not by Object.defineProperty(), which throws: of an object that was here before, some may be fixed.
  for (const [name, value] of members.properties ?? []) {
    const key = restorer.key(name);
    // An assignment could run a setter of the prototype.
    if (key in object) {
      const plain = { writable: true, enumerable: true, configurable: true };
      Reflect.defineProperty(object, key, { ...plain, value: restorer.value(value) });
    } else (object as Record<string | symbol, unknown>)[key] = restorer.value(value);
  }
  for (const { key, enumerable, configurable, content } of members.described ?? []) {
    const shared = { enumerable, configurable };
    if ('value' in content) {
      const { value, writable } = content;
      Reflect.defineProperty(object, restorer.key(key), {
        ...shared,
        writable,
        value: restorer.value(value),
      });
    } else {
      const accessors = { get: restorer.value(content.get), set: restorer.value(content.set) };
      Reflect.defineProperty(object, restorer.key(key), { ...shared, ...accessors } as PropertyDescriptor);
    }
  }
  if (members.integrity === 'frozen') Object.freeze(object);
  else if (members.integrity === 'sealed') Object.seal(object);
  else if (members.integrity === 'fixed') Object.preventExtensions(object);
}
