// A short storm over one notebook; `npm run storms -- notebooks` has all of them, for as long as you like.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Random } from '../chaos/random';
import { calm, storm } from '../storms/notebook-storm';
import { readNotebooks } from '../support/notebooks/notebook-file';
import { nothingLeft } from '../support/processes/nothing-left';

test('a notebook whose cells are interrupted at random says in the end what it says without', async (t) => {
  const at = readNotebooks().findIndex(({ name }) => name.startsWith('02-'));
  const notebook = readNotebooks()[at];
  assert.ok(notebook);
  const seed = Math.floor(Math.random() * 2 ** 31);
  t.diagnostic(
    `to run it again: npm run storms -- notebooks --rounds 1 --seed ${seed} --only ${notebook.name}`,
  );
  await storm(await calm(notebook), new Random(seed + at));
});

after(nothingLeft);
