// Takes messages until it is killed.
const { shared } = require('../join.js');
process.stdout.write('taking\n');
for (;;) shared[0].getSync();
