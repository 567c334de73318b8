// The object of an ES module travels as the module, however it came to what it exports and to whoever has it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

/** Hidden from the compiler, which would make `require` of it. */
const importFile = new Function('url', 'return import(url)') as (url: string) => Promise<Namespace>;

interface Namespace {
  value: unknown;
}

const folder = mkdtempSync(join(tmpdir(), 'parlab-modules-'));
const base = 'export function value() { return "called"; }\nexport const other = () => value();';
const files: Record<string, string> = {
  'base.mjs': base,
  'unused.mjs': 'export const value = 1; export { other } from "./base.mjs";',
  'all.mjs': 'export * from "./base.mjs";',
  'all-of-all.mjs': 'export * from "./all.mjs";',
  'named.mjs': 'export { value, other as another } from "./base.mjs";',
  'renamed.mjs': 'export { other as value } from "./base.mjs";',
  'imported.mjs': 'import { value, other } from "./base.mjs";\nexport { value, other };',
  'inner.mjs': 'export * as inner from "./base.mjs"; export { value } from "./base.mjs";',
  'default.mjs': 'export { value as default, value } from "./base.mjs";',
  'constants.mjs': 'export const value = 42, text = "no function";',
  'object.mjs': 'export const value = { deep: { list: [1] } };',
  'mixed.mjs': 'export * from "./constants.mjs"; export { other } from "./base.mjs";',
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
// Another one of the same exports.
writeFileSync(join(folder, 'twin.mjs'), base);

describe('the object of a module', () => {
  after(() => rmSync(folder, { recursive: true, force: true }));
  after(nothingLeft);

  for (const name of [...Object.keys(files), 'twin.mjs']) {
    test(`is that of the same module in a child: ${name}`, async () => {
      const url = pathToFileURL(join(folder, name)).href;
      const held = { module: await importFile(url) };
      const answers = new Queue<[unknown, string[], boolean]>();
      const child = new Process({
        target: async () => {
          const { module } = held;
          const { value } = module;
          const again = await import(url);
          const given = typeof value === 'function' ? value() : value;
          // Node adds a word to what it loads for both kinds of modules, if that has a default export.
          const names = Object.keys(module).filter((name) => name !== '__esModule');
          await answers.put([given, names, again.value === value]);
        },
      });
      child.start();
      const { value } = held.module;
      const expected = typeof value === 'function' ? value() : value;
      assert.deepEqual(await answers.get(), [expected, Object.keys(held.module), true]);
      await child.join();
    });
  }

  test('of one that awaits at its top level cannot, and the sentence says what to write', async () => {
    writeFileSync(join(folder, 'awaits.mjs'), 'export const value = await 1;');
    const awaits = await importFile(pathToFileURL(join(folder, 'awaits.mjs')).href);
    const child = new Process({ target: () => awaits });
    assert.throws(
      () => child.start(),
      /it is a module that cannot be loaded by name in another process\. Import it inside the function/,
    );
  });
});
