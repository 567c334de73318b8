// What the explorer process runs: it takes one request after the other, until it is told to end. What it
// explores may loop for ever, fill the memory or call process.exit(): that is why it is a process of its own.
import { capture } from '../../capture/capture';
import { ExplorationError } from '../../errors';
import { EscapeError } from '../escape';
import { exploreHere } from './explore-here';
import { look, NoSuchOrder, replay } from './follow';
import type { Answer, ExplorerStart, Failed, Request } from './messages';
import { Prepared } from './prepared';
import { Surface } from './surface';

export async function serve({ requests, answers }: ExplorerStart): Promise<void> {
  // Ctrl+C at a terminal reaches it too; it ends with its parent.
  process.on('SIGINT', () => {});
  // Needed by whatever comes, and nobody waits for it yet.
  capture({});
  let prepared: { key: string; program: Prepared; surface: Surface } | undefined;
  for (;;) {
    const request = await requests.next();
    const going = () => answers.putSync({ type: 'going', id: request.id });
    let answer: Answer;
    try {
      const key = keyOf(request);
      // What was learnt of a program serves whoever asks more of it.
      if (prepared?.key !== key) {
        const program = new Prepared(request.subject);
        prepared = { key, program, surface: new Surface() };
      }
      const { program, surface } = prepared;
      program.whileGoing(going);
      answer = { ...(await done(request, program, surface)), id: request.id };
    } catch (error) {
      if (!(error instanceof NoSuchOrder)) prepared = undefined;
      answer = { type: 'failed', id: request.id, failure: failedBy(error) };
    }
    answers.putSync(answer);
  }
}

type Done<T = Answer> = T extends Answer ? Omit<T, 'id'> : never;

async function done(request: Request, program: Prepared, surface: Surface): Promise<Done> {
  switch (request.type) {
    case 'explore': {
      const findings = await exploreHere(program);
      return { type: 'explored', findings: { ...findings, isSpoilt: surface.isChanged() } };
    }
    case 'replay':
      return { type: 'replayed', replay: await replay(program, request.code) };
    case 'look':
      return { type: 'looked', ...(await look(program, request.tokens)) };
    default:
      return request satisfies never;
  }
}

function keyOf({ subject: { task, snapshot, home, settings } }: Request): string {
  return JSON.stringify([Buffer.from(task).toString('latin1'), snapshot, home, settings]);
}

function failedBy(error: unknown): Failed {
  if (error instanceof NoSuchOrder) return { kind: 'order', message: error.message };
  if (error instanceof EscapeError) return { kind: 'escape', message: error.message };
  if (error instanceof ExplorationError) return { kind: 'error', message: error.message };
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: 'error', message: `explore() failed: ${words}` };
}
