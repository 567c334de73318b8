// What a program has added to JavaScript's own objects is the program's, wherever it is reached from.
Math.twice = (number) => number * 2;
Reflect.told = (what) => `told ${what}`;
JSON.settings = { indent: 2 };
Promise.soon = (value) => Promise.resolve(value);
Array.last = (list) => list[list.length - 1];
const { Process } = require('parlab');

const { twice } = Math;
const { told } = Reflect;
const { settings } = JSON;
const { soon } = Promise;
const { last } = Array;
const { max } = Math;
const { stringify } = JSON;

new Process({
  target: async () => {
    const same = [max === Math.max, stringify === JSON.stringify];
    console.log(stringify([twice(4), told('it'), settings.indent, await soon(5), last([1, 6]), same]));
  },
}).start();
