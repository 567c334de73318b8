// What ask() gives: what was typed, or the fallback where nobody types.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { type Prompt, setPrompt } from '../../src/host/prompt';
import { ask } from '../../src/tutorial';

const nobody: Prompt = () => {
  throw Object.assign(new Error('nobody is here'), { name: 'InputRefusedError' });
};

afterEach(() => setPrompt(nobody));

test('what was typed comes back without the blanks around it', () => {
  setPrompt((question) => (question === 'How many? ' ? ' 7 ' : 'a wrong question'));
  assert.equal(ask('How many?', '2'), '7');
});

test('an empty answer gives the fallback', () => {
  setPrompt(() => '  ');
  assert.equal(ask('How many?', '2'), '2');
});

test('where nobody can answer, the fallback is taken', () => {
  setPrompt(nobody);
  assert.equal(ask('How many?', '2'), '2');
});

test('an interrupt while the question stands is not swallowed', () => {
  setPrompt(() => {
    throw Object.assign(new Error(), { name: 'KeyboardInterrupt' });
  });
  assert.throws(() => ask('How many?', '2'), { name: 'KeyboardInterrupt' });
});
