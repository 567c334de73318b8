// An error of a task keeps all that can travel of it: one field that cannot costs that field alone.
import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { Pool } from '../../src/index';
import { nothingLeft } from '../nothing-left';

class HttpError extends Error {
  override readonly name = 'HttpError';
  declare status: number;
  get isServerError(): boolean {
    return this.status >= 500;
  }
}

interface Told {
  name: string;
  message: string;
  status?: number;
  code?: string;
  isServerError?: boolean;
  request?: unknown;
}

const throwing: { [what: string]: [task: () => never, kept: Partial<Told>] } = {
  'a socket in a field': [
    () => {
      throw Object.assign(new HttpError('b'), { status: 503, code: 'E1', request: new Socket() });
    },
    { name: 'HttpError', message: 'b', status: 503, code: 'E1', isServerError: true, request: undefined },
  ],
  'a function with private state, deep in a field': [
    () => {
      throw Object.assign(new RangeError('r'), { code: 'E2', request: { on: [new Socket()] } });
    },
    { name: 'RangeError', message: 'r', code: 'E2', request: undefined },
  ],
  'a cause that cannot travel': [
    () => {
      throw new HttpError('c', { cause: Object.assign(new Error('inner'), { socket: new Socket() }) });
    },
    { name: 'HttpError', message: 'c' },
  ],
  'an error of another realm': [
    () => {
      throw runInNewContext('Object.assign(new TypeError("vm"), { code: "E3" })');
    },
    { name: 'TypeError', message: 'vm', code: 'E3' },
  ],
};

describe('what a task throws', () => {
  after(nothingLeft);

  for (const [what, [task, kept]] of Object.entries(throwing)) {
    test(`arrives with what can travel: ${what}`, async () => {
      await using pool = new Pool({ processes: 1 });
      const error = (await pool.apply(task, []).catch((thrown: unknown) => thrown)) as Told;
      assert.ok(error instanceof Error);
      for (const [key, value] of Object.entries(kept)) assert.equal(error[key as keyof Told], value, key);
    });
  }
});
