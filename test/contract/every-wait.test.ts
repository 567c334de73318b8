// Every method that waits is seen by who looks for a deadlock, and by a host that tells of long waits. The list comes from the
// classes themselves: a new method has to be put into one of the lists.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as parlab from '../../src/index';
import { compiled, runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

/** They wait for nothing, or for nothing but other methods of the lists. */
const waitForNothing: { [className: string]: string } = {
  Connection: 'close',
  JoinableQueue: 'taskDone subject',
  Queue: 'putNowait getNowait qsize empty full close unfinished doneOffset listen next subject',
  SimpleQueue: 'put putSync empty close',
  Exploration: 'replay toString',
  Walk: 'take undo',
  AsyncResult: 'ready successful settle',
  Pool: 'applyAsync mapAsync starmapAsync close terminate',
  Process: 'run start isAlive interrupt terminate kill close',
  ShareableList: 'get set count index',
  SharedMemory: 'close unlink',
  Value: 'getLock getObj release',
  Barrier: 'reset abort',
  BoundedSemaphore: 'tooOften',
  Condition: 'release locked notify notifyAll',
  Event: 'isSet set clear',
  Lock: 'release locked releaseIf isHeldHere suspend',
  RLock: 'release locked checkOwner suspend',
  Semaphore: 'release getValue locked tooOften',
  Timeline: 'toSVG toString toVegaLite toChromeTrace',
};
/** Another program may bring what they wait for, or a server that answers whoever asks it. */
const othersMayCome = [
  'BaseManager',
  'SharedMemoryManager',
  'SyncManager',
  'BaseProxy',
  'Listener',
  'SocketConnection',
];

async function outcomes(how: string): Promise<Map<string, string>> {
  const { stdout, stderr } = await runProgram([compiled('every-wait'), how]);
  const lines = stdout.split('\n').filter((line) => line !== '');
  assert.ok(lines.length > 0, stderr);
  return new Map(lines.map((line) => line.split(': ') as [string, string]));
}

const awaited = outcomes('awaited');
const blocking = outcomes('blocking');

test('every method of every class is in one of the lists', async () => {
  const tried = new Set([...(await awaited).keys(), ...(await blocking).keys()]);
  const missing = Object.entries(parlab as Record<string, unknown>).flatMap(([className, made]) => {
    if (typeof made !== 'function' || made.prototype === undefined || othersMayCome.includes(className))
      return [];
    if (made.prototype instanceof Error) return [];
    const others = (waitForNothing[className] ?? '').split(' ');
    return Object.entries(Object.getOwnPropertyDescriptors(made.prototype))
      .filter(
        ([name, { value }]) =>
          typeof value === 'function' && name !== 'constructor' && !others.includes(name),
      )
      .map(([name]) => `${className}.${name}`)
      .filter((name) => !tried.has(name));
  });
  assert.deepEqual(missing, []);
});

test('each of those that are awaited is told, and shown to a host while it lasts', async () => {
  const wrong = [...(await awaited)].filter(([, outcome]) => outcome !== 'told, shown');
  assert.deepEqual(wrong, []);
});

test('each of those that block is told', async () => {
  const wrong = [...(await blocking)].filter(([, outcome]) => outcome !== 'told');
  assert.deepEqual(wrong, []);
});

after(nothingLeft);
