// A module of a program's own: with state, with the library, and with loops.
const { Lock } = require('parlab');
const timers = require('node:timers/promises');

const lock = new Lock({ name: 'till' });
let sold = 0;

exports.sell = async (stock) => {
  await timers.setTimeout(5);
  await lock.with(() => {
    stock.value -= 1;
    sold += 1;
  });
  return sold;
};

exports.spin = () => {
  for (;;);
};

exports.sum = (numbers) => {
  let total = 0;
  for (const n of numbers) total += n;
  return total;
};
