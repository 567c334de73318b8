// What explore() says of a program that reaches out of its world.
import assert from 'node:assert/strict';
import { EscapeError, explore } from '../../../src/index';

export async function escapeOf(program: () => unknown): Promise<string> {
  try {
    await explore(program);
  } catch (error) {
    assert.ok(error instanceof EscapeError, String(error));
    return error.message;
  }
  throw new assert.AssertionError({ message: 'It was explored.' });
}
