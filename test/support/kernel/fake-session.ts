// A session without a compiler or a library: evaluates JavaScript with a few words, speaks the real conversation.

import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { serialize } from 'node:v8';
import { MessageDecoder } from '../../../kernel/conversations/message-stream';
import {
  type Answer,
  descriptors,
  type FromSession,
  type Signal,
  type ToSession,
} from '../../../kernel/conversations/session';
import { encodeFrames, type FrameKind } from '../../../src/host/frames';

const commands = new MessageDecoder<ToSession>();
const signals = new MessageDecoder<Signal>();
const answers = new MessageDecoder<Answer>();
const variables: Record<string, unknown> = {};
let interrupt: (() => void) | undefined;
let questions = 0;
const open = new Map<number, (answer: Answer) => void>();

function write(kind: FrameKind, tag: string, payload: Buffer): void {
  for (const frame of encodeFrames({ kind, writer: { pid: process.pid, thread: 0 }, tag, payload })) {
    writeSync(descriptors.frames, frame);
  }
}

function report(tag: string, message: FromSession): void {
  write('report', tag, serialize(message));
}

/** The words that a test's cell may use. */
function words(tag: string, allowStdin: boolean) {
  return {
    variables,
    print: (text: string) => write('stdout', tag, Buffer.from(text)),
    warn: (text: string) => write('stderr', tag, Buffer.from(text)),
    raw: (descriptor: number, text: string) => writeSync(descriptor, text),
    show: (message: FromSession) => report(tag, message),
    untilInterrupted,
    ask: async (prompt: string): Promise<string> => {
      if (!allowStdin) throw new Error('no stdin');
      const question = ++questions;
      const answered = new Promise<Answer>((resolve) => open.set(question, resolve));
      report(tag, { type: 'asked', question, prompt, password: false });
      const answer = await Promise.race([answered, untilInterrupted()]);
      if (answer.type === 'refused') throw new Error(answer.reason);
      return answer.text;
    },
  };
}

class Interruption extends Error {
  override readonly name = 'Interruption';
}

function untilInterrupted(): Promise<never> {
  return new Promise((_, reject) => {
    interrupt = () => reject(new Interruption());
  });
}

async function evaluate({
  tag,
  program,
  allowStdin,
  silent,
}: Extract<ToSession, { type: 'evaluate' }>): Promise<void> {
  try {
    const run = new Function(
      'words',
      'process',
      'require',
      `with (words) { return (async () => { ${program.javascript} })(); }`,
    );
    const value: unknown = await run(words(tag, allowStdin), process, require);
    report(tag, {
      type: 'returned',
      ...(value !== undefined && !silent && { bundle: { 'text/plain': String(value) } }),
    });
  } catch (error) {
    const { name, message } = error as Error;
    const type = error instanceof Interruption ? 'interrupted' : 'threw';
    report(tag, { type, name, message, traceback: [`${name}: ${message}`] });
  }
}

new Socket({ fd: descriptors.commands }).on('data', (chunk) => {
  for (const command of commands.push(chunk)) {
    if (command.type === 'shutdown') process.exit(0);
    if (command.type === 'evaluate') void evaluate(command);
    else if (command.type === 'look') report(command.tag, { type: 'seen', keys: [] });
    else {
      // It knows no comm: what is opened is closed.
      const { comm, type } = command.event;
      if (type === 'opened') {
        report(command.tag, {
          type: 'comm',
          event: { type: 'closed', comm, data: {}, metadata: {}, buffers: [] },
        });
      }
      report(command.tag, { type: 'heard' });
    }
  }
});
new Socket({ fd: descriptors.answers }).on('data', (chunk) => {
  for (const answer of answers.push(chunk)) open.get(answer.question)?.(answer);
});
new Socket({ fd: descriptors.signals })
  .on('data', (chunk) => {
    for (const signal of signals.push(chunk)) {
      if (signal.type !== 'interrupt') continue;
      report('', { type: 'interrupting' });
      interrupt?.();
    }
  })
  .on('end', () => process.kill(process.pid, 'SIGKILL'));
report('', { type: 'ready', pid: process.pid, nodeVersion: process.version });
