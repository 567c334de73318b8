// Does one thing with a queue and is killed by the store that is given, the first being number 0.
const { shared, args } = require('../join.js');
const [queue] = shared;
const [action, fatal] = args;
if (action === 'put') queue.putSync('first of mine');
else queue.getSync();

let stores = 0;
for (const name of ['store', 'add', 'compareExchange']) {
  const original = Atomics[name];
  Atomics[name] = (...operands) => {
    const value = original(...operands);
    if (stores++ === fatal) process.kill(process.pid, 'SIGKILL');
    return value;
  };
}
if (action === 'put') queue.putSync('last of mine');
else queue.getSync();
