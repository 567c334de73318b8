// The evil scheduler without a front end: moves, steps back, winning, and a program that cannot be broken.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { Lock, Process, RawValue } from '../../src';
import { endExplorer } from '../../src/explore/explorer/explorer';
import { type Panel, setPanelDisplay } from '../../src/host/panel';
import { play } from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

const counter = new RawValue('int32', 0);
const door = new Lock({ name: 'door' });

const addOne = () => {
  counter.value = counter.value + 1;
};
const addOneAlone = () => {
  using _held = door.acquireSync();
  counter.value = counter.value + 1;
};

function twoOf(target: () => void) {
  return async () => {
    const both = ['Ada', 'Bob'].map((name) => new Process({ name, target }));
    for (const each of both) each.start();
    for (const each of both) await each.join();
    return counter.value;
  };
}

async function take(game: { take(token: string): Promise<void> }, order: string): Promise<void> {
  for (const token of order.split(' ')) await game.take(token);
}

describe('a game', () => {
  test('is won when the program comes to what it should not', async () => {
    const game = await play(twoOf(addOne), { expect: 2 });
    assert.deepEqual(game.moves, ['A', 'B']);
    await take(game, 'A B B');
    assert.equal(game.isWon, false);
    await game.take('A');
    assert.equal(game.isWon, true);
    assert.match(String(game), /You have broken it: it returned 1 and not 2\. Your order was A B B A\.$/);
  });

  test('is won as soon as the invariant breaks', async () => {
    const game = await play(twoOf(addOne), { invariant: () => counter.value < 2 });
    await take(game, 'A A B');
    assert.equal(game.isWon, false);
    await game.take('B');
    assert.equal(game.isWon, true);
  });

  test('is won when nobody can move', async () => {
    const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })];
    const eat = (first: Lock, second: Lock) => {
      using _one = first.acquireSync();
      using _two = second.acquireSync();
    };
    const dinner = async () => {
      const ada = new Process({ name: 'Ada', target: eat, args: [left, right] });
      const bob = new Process({ name: 'Bob', target: eat, args: [right, left] });
      ada.start();
      bob.start();
      await ada.join();
      await bob.join();
    };
    const game = await play(dinner);
    await take(game, 'A B');
    assert.equal(game.isWon, true);
    assert.match(String(game), /Ada.*waits for right, held by Bob/);
  });

  test('goes back step by step, and ends unharmed the other way', async () => {
    const game = await play(twoOf(addOne), { expect: 2 });
    await take(game, 'A B');
    await game.undo();
    assert.equal(game.code, 'A');
    await take(game, 'A B B');
    assert.equal(game.isOver, true);
    assert.match(String(game), /nothing is broken/);
    await game.restart();
    assert.equal(game.code, '');
    assert.match(String(game), /^Nothing has happened yet\./);
  });

  test('says what can happen next and where, who waits for whom, and what is shared', async () => {
    const game = await play(twoOf(addOneAlone), { expect: 2 });
    await game.take('A');
    const text = String(game);
    assert.match(text, /Ada +next: reads counter: 0 \(play\.test\.ts, line \d+\)/);
    assert.match(text, /Bob +waits for door, held by Ada/);
    assert.match(text, /Shared\n +door .*held.*Ada/);
    assert.deepEqual(game.moves, ['A']);
  });

  test('that cannot be won says so to who gives up', async () => {
    const game = await play(twoOf(addOneAlone), { expect: 2 });
    await game.giveUp();
    assert.match(String(game), /No order breaks it: I looked at all 2\. This program is right\.$/);
  });

  test('that can be won tells an order to who gives up, and goes on', async () => {
    const game = await play(twoOf(addOne), { expect: 2 });
    await game.giveUp();
    assert.match(String(game), /for example so: A B B A/);
    await game.take('A');
    assert.match(String(game), /Who moves next\?$/);
  });

  test('tells a fault that ends as a sentence does without a full stop behind it', async () => {
    const game = await play(() => 1, { expect: () => 'is that all?' });
    assert.match(String(game), /You have broken it: is that all\? It needed/);
  });

  test('refuses a move that is none', async () => {
    const game = await play(twoOf(addOne), { expect: 2 });
    await assert.rejects(game.take('C'), { name: 'InvalidArgumentError' });
    await game.take('A');
    assert.equal(game.code, 'A');
  });
});

test('a host shows a game as a panel with buttons, and clicks that come too late do no harm', async () => {
  let panel: Panel | undefined;
  setPanelDisplay((shown) => {
    panel = shown;
    return { 'text/plain': 'shown by the host' };
  });
  const game = await play(twoOf(addOne), { expect: 2 });
  const show = (game as unknown as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')];
  assert.deepEqual(show?.call(game), { 'text/plain': 'shown by the host' });
  assert.ok(panel);
  assert.deepEqual(
    panel.buttons.map((row) => row.map(({ key, isOff }) => `${key}${isOff ? ' off' : ''}`)),
    [
      ['A', 'B'],
      ['undo off', 'restart off', 'give-up'],
    ],
  );
  const changes = { count: 0 };
  panel.onChange(() => changes.count++);
  // Ada has two steps: the third click finds nothing left for her.
  for (let click = 0; click < 3; click++) panel.press('A');
  await game.undo();
  assert.equal(game.code, 'A');
  assert.ok(changes.count >= 3);
  assert.match(panel.html, /Ada<\/th>.*reads counter: 0/);
});

test('what stands on the buttons of many processes can be read: at least 4.5 to 1', async () => {
  let panel: Panel | undefined;
  setPanelDisplay((shown) => {
    panel = shown;
    return {};
  });
  const seven = () => {
    for (let each = 0; each < 7; each++) new Process({ target: addOne }).start();
    counter.value = 1;
  };
  const game = await play(seven);
  (game as unknown as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')]?.();
  const coloured = panel?.buttons.flat().filter(({ colour }) => colour !== undefined) ?? [];
  assert.equal(coloured.length, 8);
  for (const { label, colour, ink } of coloured) {
    const [light, dark] = [brightnessOf(colour ?? ''), brightnessOf(ink ?? '')].toSorted((a, b) => b - a);
    assert.ok(((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05) >= 4.5, `${label}: ${ink} on ${colour}`);
  }
});

test('each of two processes of one name has its own buttons', async () => {
  let panel: Panel | undefined;
  setPanelDisplay((shown) => {
    panel = shown;
    return {};
  });
  const game = await play(async () => {
    const both = [1, 2].map(() => new Process({ name: 'Ada', target: addOne }));
    for (const each of both) each.start();
    for (const each of both) await each.join();
  });
  (game as unknown as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')]?.();
  assert.deepEqual(
    panel?.buttons[0]?.map(({ key }) => key),
    ['A', 'B'],
  );
});

/** The relative luminance of the Web Content Accessibility Guidelines. */
function brightnessOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('in a terminal it is played by typing', async () => {
  const program = path.resolve(__dirname, '../../../test/programs/tutorial/evil-scheduler.js');
  const running = promisify(execFile)(process.execPath, [program]);
  running.child.stdin?.end('a\nx\nb\nu\nb\nb\na\n');
  const { stdout } = await running;
  assert.match(stdout, /Nothing has happened yet\..*Who moves\?.*You have broken it/s);
  assert.match(stdout, /the game is won: true\n$/);
});

test('what is no move when it is typed gets a sentence, and the game goes on', async () => {
  const program = path.resolve(__dirname, '../../../test/programs/tutorial/evil-scheduler.js');
  const running = promisify(execFile)(process.execPath, [program]);
  running.child.stdin?.end('z\nab\n\na\na\nA\nb\nb\nb\nq\n');
  const { stdout } = await running;
  assert.deepEqual(stdout.match(/^(?:There is no move|Nothing was typed).*$/gm), [
    'There is no move Z now: write A or B.',
    'There is no move AB now: write A or B.',
    'Nothing was typed: write A or B.',
    'There is no move A now: write B.',
    'There is no move B now, and nobody can move: write u, r, g or q.',
  ]);
  assert.equal(stdout.match(/^Processes$/gm)?.length, 10);
});

test('who types no more has stopped', async () => {
  const program = path.resolve(__dirname, '../../../test/programs/tutorial/evil-scheduler.js');
  const running = promisify(execFile)(process.execPath, [program]);
  running.child.stdin?.end('a\nq\n');
  const { stdout } = await running;
  assert.match(stdout, /the game is won: false\n$/);
});

after(() => {
  endExplorer();
  return nothingLeft();
});
