// What explore() is asked about: a program, and all that it refers to as it is at this moment.
import { capture } from '../capture/capture';
import { encodeCaptured } from '../capture/encode';
import { moduleHome } from '../identity/module-home';
import type { Subject } from './explorer/messages';
import { type ExploreOptions, settingsOf } from './options';
import { snapshotOf } from './snapshot';

export function subjectOf<R>(program: () => R, options: ExploreOptions<R>): Subject {
  const settings = settingsOf(program, options);
  const { invariant, expect, memory } = options;
  // To expect undefined is not the same as to expect nothing.
  const expected = Object.hasOwn(options, 'expect') ? { expect } : {};
  const captured = capture({ program, invariant, memory, ...expected });
  return { task: encodeCaptured(captured), snapshot: snapshotOf(captured), home: moduleHome(), settings };
}
