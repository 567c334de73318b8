// Puts [own number, 0], [own number, 1], … and then ends.
const { shared, args } = require('../join.js');
const [queue] = shared;
const [producer, count, how] = args;
async function main() {
  for (let i = 0; i < count; i++) {
    if (how === 'awaited') await queue.put([producer, i]);
    else queue.putSync([producer, i]);
  }
}
main();
