// What the explorer process runs: it takes one request after the other, until it is told to end. What it
// explores may loop for ever, fill the memory or call process.exit(): that is why it is a process of its own.
import { capture } from '../../capture/capture';
import { ExplorationError } from '../../errors';
import { EscapeError, withUses } from '../escape';
import { wordsOf } from '../telling';
import { exploreHere } from './explore-here';
import { look, NoSuchOrder, replay } from './follow';
import type { Answer, ExplorerStart, Failed, Request } from './messages';
import { Prepared } from './prepared';
import type { Change } from './surface';

export async function serve({ requests, answers }: ExplorerStart): Promise<void> {
  // Ctrl+C at a terminal reaches it too; it ends with its parent.
  process.on('SIGINT', () => {});
  // It is needed by whatever comes, and nothing waits for it yet.
  capture({});
  let prepared: { key: string; program: Prepared } | undefined;
  for (;;) {
    const request = await requests.next();
    const going = () => answers.putSync({ type: 'going', id: request.id });
    let answer: Answer;
    try {
      const key = keyOf(request);
      // What was learnt of a program serves whoever asks more of it.
      if (prepared?.key !== key) prepared = { key, program: new Prepared(request.subject) };
      const { program } = prepared;
      program.whileGoing(going);
      answer = { ...(await done(request, program)), id: request.id };
    } catch (error) {
      const surface = prepared?.program.surface;
      const changes = surface?.changes() ?? [];
      surface?.restore();
      answer = { type: 'failed', id: request.id, failure: failedBy(error, changes, prepared?.program) };
      if (!(error instanceof NoSuchOrder)) prepared = undefined;
    }
    answers.putSync(answer);
  }
}

type Done<T = Answer> = T extends Answer ? Omit<T, 'id'> : never;

async function done(request: Request, program: Prepared): Promise<Done> {
  switch (request.type) {
    case 'explore': {
      const findings = await exploreHere(program);
      return { type: 'explored', findings: { ...findings, isSpoilt: program.surface.changes().length > 0 } };
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

/** `changed`: of what everybody sees. */
function failedBy(error: unknown, changed: readonly Change[], program: Prepared | undefined): Failed {
  const changes = changed.map(({ words }) => words);
  if (error instanceof NoSuchOrder) return { kind: 'order', message: error.message };
  if (error instanceof EscapeError) {
    return { kind: 'escape', message: withUses(error, [...changes, ...usesOf(program)]) };
  }
  if (error instanceof ExplorationError) return { kind: 'error', message: error.message };
  const words = wordsOf(error);
  if (changes.length > 0) {
    const message = `The program changes ${changes.join(', ')}, which explore() itself works with (${words}): leave it as it is.`;
    return { kind: 'error', message };
  }
  return { kind: 'error', message: `explore() failed: ${words}` };
}

/** Returns what the program uses that cannot be put in an order: files by their names. */
function usesOf(program: Prepared | undefined): string[] {
  if (program === undefined) return [];
  const { files, escapes } = program;
  const named = [...files].map((file) => `the file ${file}`);
  // Where files are named, that it uses files is said.
  const others = [...escapes].filter((use) => named.length === 0 || !/^fs(?:\/|$)/.test(use));
  return [...named, ...others.sort()];
}
