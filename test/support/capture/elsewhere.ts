// Runs a function in a real process of its own, with what the capture carries there and nothing else.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { capture } from '../../../src/capture/capture';
import { encodeCaptured } from '../../../src/capture/encode';

interface Answer {
  value?: unknown;
  stack?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a test may call anything
export function elsewhere(target: (...args: any[]) => unknown, ...args: unknown[]): unknown {
  const answer = ask(target, args);
  if (answer.stack !== undefined) throw new Error(`In the other process: ${answer.stack}`);
  return answer.value;
}

// biome-ignore lint/suspicious/noExplicitAny: a test may call anything
export function stackElsewhere(target: (...args: any[]) => unknown, ...args: unknown[]): string {
  const { stack } = ask(target, args);
  if (stack === undefined) throw new Error('Nothing was thrown in the other process.');
  return stack;
}

/** What functions return that travel together, and share nothing. */
export function allElsewhere(targets: readonly unknown[]): unknown[] {
  const callAll = async (all: (() => unknown)[]) => {
    const answers: unknown[] = [];
    for (const target of all) answers.push(await target());
    return answers;
  };
  return elsewhere(callAll, targets) as unknown[];
}

function ask(target: unknown, args: unknown[]): Answer {
  const input = encodeCaptured(capture({ target, args }));
  const child = spawnSync(process.execPath, [join(__dirname, 'elsewhere-child.js')], {
    input,
    stdio: ['pipe', 'inherit', 'pipe', 'pipe'],
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  const bytes = child.output[3] as unknown as Buffer | null;
  if (bytes === null || bytes.length === 0) {
    throw new Error(`The other process said nothing (${child.status ?? child.signal}): ${child.stderr}`);
  }
  return deserialize(bytes) as Answer;
}
