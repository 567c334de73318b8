// Runs a task that does nothing and sends itself messages, so that V8 has compiled what most tasks need
// before children are forked for real ones.
import { createRequire } from 'node:module';
import type { Captured } from '../capture/captured';
import { decodeCaptured, encodeCaptured } from '../capture/encode';
import { restore } from '../capture/restore/restore';
import { discardMessage, dropMessage, encodeMessage, openMessage, readMessage } from '../channel/message';
import { SEGMENTS_BYTES, Segments } from '../channel/segments';
import { programMemory } from '../memory/memory';
import { currentSlot, setExitcode } from '../memory/slots';
import { hold, letGo } from '../objects/holds';
import { createObject, dropReference } from '../objects/references';
import { type ChildTask, forgetTask, giveTask } from '../start/child-task';
import { currentFolder } from '../system/current-folder';
import { processorCount } from '../system/processors';
import { begin } from './begin';
import { chunk, rehearseChunk } from './rehearse-chunk';

const nothing: Captured = {
  root: { ref: 0 },
  nodes: [
    {
      type: 'object',
      properties: [
        ['target', { ref: 1 }],
        ['args', { ref: 2 }],
      ],
    },
    {
      type: 'function',
      source: '() => {}',
      origin: { url: __filename, line: 0, column: 0 },
      strict: true,
      names: ['nothing'],
      values: [1],
      name: 'target',
      imports: false,
      isMethod: false,
      thisValue: undefined,
      homePrototype: undefined,
      privateOwner: undefined,
    },
    { type: 'array', length: 1, items: [1] },
  ],
  sourceMaps: {},
};

const program = encodeCaptured(nothing);

/** Is to be called once, in a slot from which nothing is expected. */
export function rehearse(slot: number): void {
  const task: ChildTask = {
    identity: { name: 'Rehearsal', path: [0], daemon: true, moduleHome: __filename },
    tag: '',
    cwd: currentFolder(),
    argv: process.argv,
    typescript: undefined,
    program,
  };
  giveTask(slot, task, []);
  begin(slot);
  forgetTask(slot);
  rehearseChunk();
  exchangeMessages();
  processorCount();
  process.emit('rehearsed' as never);
  setExitcode(slot, 0);
}

/**
 * A child calls it that waits for its task: what restores one has a copy of the memory that it needs before
 * there is one.
 */
export function rehearseRestoring(): void {
  restore(decodeCaptured(program), createRequire(__filename));
}

/**
 * It is done without a Queue, for whose offset the children would remember it, and without anything that is
 * captured: with the inspector's session of a zygote no child can fetch() (seen in Node 20).
 */
function exchangeMessages(): void {
  const object = createObject(SEGMENTS_BYTES);
  const segments = new Segments(programMemory(), object, discardMessage);
  segments.initialize();
  for (const value of [1, { plain: 'text' }, chunk]) {
    const message = encodeMessage(value);
    segments.put(message, 1);
    dropMessage(message);
    const received = segments.take(readMessage);
    if (received) openMessage(received);
  }
  segments.dispose();
  letGo(hold([object]));
  dropReference(object, currentSlot());
}
