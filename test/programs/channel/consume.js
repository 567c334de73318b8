// Takes items until null comes, then tells what it got, one line for each.
const { shared, args } = require('../join.js');
const [queue] = shared;
async function main() {
  const got = [];
  for (;;) {
    const item = args[0] === 'awaited' ? await queue.get() : queue.getSync();
    if (item === null) break;
    got.push(item);
  }
  process.stdout.write(JSON.stringify(got));
}
main();
