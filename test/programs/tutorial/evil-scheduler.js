// A game that is played by typing.
const { Process, RawValue } = require('parlab');
const { play } = require('parlab/tutorial');

const counter = new RawValue('int32', 0);

function addOne() {
  counter.value = counter.value + 1;
}

async function twoAdd() {
  const both = ['Ada', 'Bob'].map((name) => new Process({ name, target: addOne }));
  for (const each of both) each.start();
  for (const each of both) await each.join();
  return counter.value;
}

async function main() {
  const game = await play(twoAdd, { expect: 2, by: 'typing' });
  console.log(`the game is won: ${game.isWon}`);
}

void main();
