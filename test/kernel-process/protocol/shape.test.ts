// Descriptions of contents: what they let through, and how they name what is wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requests } from '../../../kernel/kernel-process/protocol/messages';
import {
  either,
  integer,
  list,
  maybe,
  object,
  oneOf,
  otherwise,
  text,
} from '../../../kernel/kernel-process/protocol/shape';

const shape = object({
  name: text,
  age: maybe(integer),
  tags: otherwise(list(text), []),
  kind: oneOf('a', 'b'),
});

test('Known fields are kept, missing ones filled in, unknown ones dropped.', () => {
  assert.deepEqual(shape({ name: 'n', kind: 'a', more: 1 }, 'content'), {
    name: 'n',
    age: undefined,
    tags: [],
    kind: 'a',
  });
});

const wrong: [value: unknown, sentence: string][] = [
  [null, 'The field content must be an object, not null.'],
  [[], 'The field content must be an object, not a list.'],
  [{ kind: 'a' }, 'The field content.name must be a text, not undefined.'],
  [{ name: 'n', kind: 'c' }, 'The field content.kind must be one of a, b, not string.'],
  [{ name: 'n', kind: 'a', age: 1.5 }, 'The field content.age must be a whole number, not number.'],
  [{ name: 'n', kind: 'a', tags: ['x', 1] }, 'The field content.tags[1] must be a text, not number.'],
];
for (const [value, sentence] of wrong) {
  test(`${JSON.stringify(value)} is refused: ${sentence}`, () => {
    assert.throws(() => shape(value, 'content'), { name: 'ContentError', message: sentence });
  });
}

test('Of two shapes, either will do.', () => {
  const one = either(text, integer);
  assert.deepEqual([one('a', 'x'), one(1, 'x')], ['a', 1]);
  assert.throws(() => one(true, 'x'), /must be a whole number/);
});

test('An execute_request needs only its code.', () => {
  assert.deepEqual(requests.execute_request.ask({ code: '1' }, 'content'), {
    code: '1',
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  });
});
