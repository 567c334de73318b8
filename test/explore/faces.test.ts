// The faces that an explored program gets in place of the library: each with every public member of its
// class, and every name of the library has one, is the same everywhere, or is refused by a sentence.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as library from '../../src';
import { ParallelError } from '../../src/errors';
import * as context from '../../src/explore/faces/context';
import { library as controlled, faces, refusals } from '../../src/explore/faces/library';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const exported = library as unknown as Readonly<Record<string, unknown>>;

/** What the library alone calls. */
const INTERNAL: Readonly<Record<string, readonly string[]>> = {
  AsyncResult: ['settle'],
  Condition: ['state'],
  JoinableQueue: ['doneCount', 'doneOffset', 'listen', 'next', 'subject', 'unfinished'],
  Lock: ['isHeldHere', 'releaseIf', 'state', 'suspend'],
  Queue: ['doneCount', 'doneOffset', 'listen', 'next', 'subject', 'unfinished'],
  RLock: [],
  Semaphore: ['tooOften'],
  BoundedSemaphore: ['tooOften'],
};

function membersOf(made: unknown): string[] {
  const found = new Set<string>();
  for (let at: unknown = made; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at as object)) found.add(String(key));
  }
  const ofAll = ['constructor', 'subject', 'memory', 'offset', 'traced'];
  return [...found].filter((name) => !ofAll.includes(name)).sort();
}

function isClass(value: unknown): value is { prototype: object } {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

for (const [name, face] of Object.entries(faces)) {
  const real = exported[name];
  if (!isClass(real)) continue;
  test(`the face of ${name} has all public members of ${name}`, () => {
    const has = membersOf((face as { prototype: object }).prototype);
    const internal = INTERNAL[name] ?? [];
    const missing = membersOf(real.prototype).filter(
      (member) => !has.includes(member) && !internal.includes(member),
    );
    // A ShareableList travels as one thing, not as its memory; what of a barrier never changes is a field.
    const known: Record<string, string[]> = {
      ShareableList: ['Symbol(parlab.toParts)', 'length'],
      Barrier: ['parties'],
    };
    assert.deepEqual(
      missing.filter((member) => !known[name]?.includes(member)),
      [],
    );
  });
}

test('a context has all members of a context', () => {
  const has = membersOf(context.threadContext);
  assert.deepEqual(
    membersOf(library.getContext('thread')).filter((member) => !has.includes(member)),
    [],
  );
});

test('every name of the library has a face, is the same everywhere, or is refused by a sentence', () => {
  const unknown = Object.keys(exported).filter((name) => !Object.hasOwn(controlled, name));
  assert.deepEqual(unknown, []);
});

for (const name of Object.keys(exported)) {
  if (Object.hasOwn(faces, name) || !Object.hasOwn(refusals, name)) continue;
  test(`${name} is refused by a sentence`, () => {
    const told = new RegExp(`^explore\\(\\) does not know ${name} yet: `);
    const use = controlled[name] as new () => unknown;
    assert.throws(() => new use(), { message: told, code: 'exploration' });
  });
}

test('what is the same everywhere are errors and facts', () => {
  const same = Object.keys(exported).filter((name) => controlled[name] === exported[name]);
  const errors = same.filter((name) => {
    const value = exported[name] as { prototype?: unknown } | undefined;
    return value?.prototype instanceof ParallelError || value === ParallelError;
  });
  assert.deepEqual(
    same.filter((name) => !errors.includes(name)),
    ['cpuCount'],
  );
});
