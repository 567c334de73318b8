// Runs a task that does nothing, so that V8 has compiled what every task needs before children are forked for real ones.
import type { Captured } from '../capture/captured';
import { encodeCaptured } from '../capture/encode';
import { setExitcode } from '../memory/slots';
import { type ChildTask, forgetTask, giveTask } from '../process/child-task';
import { begin } from './begin';

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
      argumentsValues: [],
      homePrototype: undefined,
      privateOwner: undefined,
    },
    { type: 'array', length: 1, items: [1] },
  ],
  sourceMaps: {},
};

/** To be called once, in a slot of which nobody expects anything. */
export function rehearse(slot: number): void {
  const task: ChildTask = {
    identity: { name: 'Rehearsal', path: [0], daemon: true, moduleHome: __filename },
    tag: '',
    cwd: process.cwd(),
    argv: process.argv,
    typescript: undefined,
    program: encodeCaptured(nothing),
  };
  giveTask(slot, task, []);
  begin(slot);
  forgetTask(slot);
  process.emit('rehearsed' as never);
  setExitcode(slot, 0);
}
