// Puts numbered, checkable messages of many sizes until it is killed.
const { shared, args } = require('../join.js');
const [queue] = shared;
const [producer] = args;
for (let number = 0; ; number++) {
  const size = number % 50 === 0 ? 100_000 : 200 + ((number * 37) % 3000);
  if (number % 2 === 0) queue.putSync(Buffer.alloc(size, number & 255).fill(`${producer}:${number}:`, 0, 24));
  else queue.putSync({ producer, number, body: 'x'.repeat(size) });
}
