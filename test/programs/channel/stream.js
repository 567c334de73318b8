// Puts one value many times, as fast as it can.
const { shared, args } = require('../join.js');
const [queue] = shared;
const [what, count] = args;
const values = {
  number: 7,
  object: { id: 1, name: 'abc', ok: true },
  object2: { id: 12345, name: 'task number 5', args: [1, 2, 3], nested: { a: 1.5, b: null } },
  mebibyte: new Uint8Array(2 ** 20).fill(1),
};
for (let i = 0; i < count; i++) queue.putSync(values[what]);
