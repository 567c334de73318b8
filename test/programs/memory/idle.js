// Holds on to what it was given and does nothing.
require('../join.js');
process.stdout.write('here\n');
setInterval(() => {}, 1000);
