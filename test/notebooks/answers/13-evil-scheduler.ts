// Answers to the exercises of notebook 13.
import type { Answers } from './answers';

/** What `sell` is, and how the two run. */
const seat = (sell: string, run = 'await atOnce(sell, sell);') =>
  `const office = new Lock({ name: 'office' });
async function fairSeat() {
  const sell = async () => { ${sell} };
  ${run}
  return seats.value;
}`;
const stock = (take: string, run = 'await atOnce(take, take);') =>
  `async function fairStock() {
  const take = async () => { ${take} };
  ${run}
  return stock.value;
}`;
const keys = (one: string, two: string, run = 'await atOnce(one, two);') =>
  `async function fairKeys() {
  const [red, blue] = [new Lock({ name: 'red' }), new Lock({ name: 'blue' })];
  const one = () => ${one};
  const two = () => ${two};
  ${run}
}`;
const ONE_BY_ONE = (first: string, second: string) => `await atOnce(${first}); await atOnce(${second});`;
const NOT_JOINED = (first: string, second: string) =>
  `for (const target of [${first}, ${second}]) new Process({ target }).start();`;

export default {
  'unbreakable-seat': {
    right: [
      seat('await office.acquire(); if (seats.value > 0) seats.value -= 1; office.release();'),
      seat('if (seats.value > 0) await office.with(() => { if (seats.value > 0) seats.value -= 1; });'),
    ],
    wrong: [
      // Whatever was there.
      [seat('await office.with(() => { seats.value = 0; });'), /writes seats = 0 without having read it/],
      [
        seat('await office.acquire(); if (seats.value === 0) return; seats.value -= 1; office.release();'),
        /ends with a lock that it has never released/,
      ],
      // The second child does nothing.
      [
        seat('if (seats.value > 0) seats.value -= 1;', 'await atOnce(sell, () => {});'),
        /only one child uses the shared number; it takes two/,
      ],
      [
        seat('if (seats.value > 0) await office.with(() => { seats.value -= 1; });'),
        /orders it returns -1 instead of 0/,
      ],
      [seat('if (seats.value > 0) seats.value -= 1;'), /orders it goes wrong|returns -1 instead of 0/],
      // Nobody looks.
      [seat('await office.with(() => { seats.value -= 1; });'), /in every order it returns -1/],
      // Nobody sells.
      [seat('await office.with(() => seats.value);'), /in every order it returns 1 instead of 0/],
      ['const fairSeat = () => 0;', /no child uses the shared number; it takes two/],
      [
        seat('if (seats.value > 0) seats.value -= 1;', ONE_BY_ONE('sell', 'sell')),
        /never run at the same time/,
      ],
      // The parent keeps the lock while it waits.
      [
        seat(
          'await office.with(() => { if (seats.value > 0) seats.value -= 1; });',
          'await office.with(() => atOnce(sell, sell));',
        ),
        /it never ends/,
      ],
    ],
  },
  'unbreakable-stock': {
    right: [
      stock('await key.acquire(); stock.value -= 1; key.release();'),
      stock('await key.with(() => { const seen = stock.value; stock.value = seen - 1; });'),
    ],
    wrong: [
      [
        stock(
          'const seen = await key.with(() => stock.value); await key.with(() => { stock.value = seen - 1; });',
        ),
        /it returns 2 instead of 1.*gives? back key|releases key/s,
      ],
      [stock('stock.value -= 1;'), /in 4 of 6 orders it returns 2 instead of 1/],
      [stock('await key.with(() => { stock.value = 1; });'), /writes stock = 1 without having read it/],
      [
        stock(
          'await key.acquire(); if (stock.value < 3) { stock.value -= 1; return; } stock.value -= 1; key.release();',
        ),
        /ends with a lock that it has never released/,
      ],
      // A key for each.
      [
        stock('const own = new Lock(); await own.with(() => { stock.value -= 1; });'),
        /acquires Lock-.*it returns 2/s,
      ],
      [
        stock('await key.acquire(); await key.with(() => { stock.value -= 1; }); key.release();'),
        /it never ends/,
      ],
      [stock('stock.value -= 1;', ONE_BY_ONE('take', 'take')), /never run at the same time/],
      ['const fairStock = () => 1;', /no child uses the shared number; it takes two/],
    ],
  },
  'unbreakable-keys': {
    right: [
      keys(
        "blue.with(() => red.with(() => console.log('one')))",
        "blue.with(() => red.with(() => console.log('two')))",
      ),
      `async function fairKeys() {
  const [may, red, blue] = [new Lock(), new Lock(), new Lock()];
  const one = () => may.with(() => red.with(() => blue.with(() => console.log('one'))));
  const two = () => may.with(() => blue.with(() => red.with(() => console.log('two'))));
  await atOnce(one, two);
}`,
    ],
    wrong: [
      [
        keys(
          "blue.with(() => red.with(() => console.log('one')))",
          "red.with(() => blue.with(() => console.log('two')))",
        ),
        /wait for each other for ever/,
      ],
      [
        keys("red.with(() => console.log('one'))", "blue.with(() => console.log('two'))"),
        /with 1 of 2 locks in hand/,
      ],
      // Keys of one's own.
      [
        keys(
          "new Lock().with(() => new Lock().with(() => console.log('one')))",
          "new Lock().with(() => new Lock().with(() => console.log('two')))",
        ),
        /with other locks in hand than Process-1 had for "one": it takes the same 2 locks/,
      ],
      [keys("console.log('one')", "console.log('two')"), /with no lock in hand/],
      [
        keys(
          "red.with(() => blue.with(() => console.log('one')))",
          "blue.with(() => red.with(() => console.log('two')))",
          ONE_BY_ONE('one', 'two'),
        ),
        /never run at the same time/,
      ],
      [
        keys(
          "red.with(() => blue.with(() => console.log('one')))",
          "red.with(() => blue.with(() => console.log('one')))",
        ),
        /"one" is printed 2 times, not once/,
      ],
      [
        keys(
          "red.with(() => blue.with(() => console.log('one')))",
          "red.with(() => blue.with(() => console.log('two')))",
          NOT_JOINED('one', 'two'),
        ),
        /ends without join\(\) of/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
