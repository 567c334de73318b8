// Whether the text of a file can be a script, or a module.
import { parse } from 'acorn';

export function readsAs(kind: 'script' | 'module', text: string): boolean {
  // What CommonJS modules may do, as they are functions.
  const options = { ecmaVersion: 'latest', allowReturnOutsideFunction: true, allowHashBang: true } as const;
  try {
    parse(text, { ...options, sourceType: kind });
    return true;
  } catch {
    return false;
  }
}
