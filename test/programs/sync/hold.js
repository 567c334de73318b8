// Takes the lock, says so, and keeps it: busy or idle.
const { shared, args } = require('../join.js');
shared[0].acquireSync();
process.stdout.write('holding\n');
if (args[0] === 'busy') {
  setTimeout(() => {
    for (;;);
  }, 50);
}
setInterval(() => {}, 1000);
