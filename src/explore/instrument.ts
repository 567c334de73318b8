// Counts the rounds of loops, so that an endless one is found after the same number of rounds on every machine. Each line keeps its place.
import { type AnyNode, parse, type Statement } from 'acorn';
import { simple } from 'acorn-walk';
import { applyEdits, type Edit } from '../capture/functions/edits';

/** As long as a name can be that nobody writes. */
export const ROUND = 'ˢround';

const done = new Map<string, string>();

export function instrument(source: string): string {
  let text = done.get(source);
  if (text === undefined) {
    text = source.includes(ROUND) ? source : withRounds(source);
    done.set(source, text);
  }
  return text;
}

function withRounds(source: string): string {
  for (const [before, after] of [['(', ')'], ['({', '})']] as const) {
    let program: AnyNode;
    try {
      program = parse(before + source + after, {
        ecmaVersion: 'latest',
        allowSuperOutsideMethod: true,
        allowAwaitOutsideFunction: true,
        checkPrivateFields: false,
      });
    } catch {
      continue;
    }
    const edits: Edit[] = [];
    const loop = ({ body }: { body: Statement }) => {
      const start = body.start - before.length;
      const end = body.end - before.length;
      if (body.type === 'BlockStatement') edits.push({ start: start + 1, end: start + 1, text: `${ROUND}();` });
      else edits.push({ start, end: start, text: `{${ROUND}();` }, { start: end, end, text: '}' });
    };
    simple(program, {
      ForStatement: loop,
      ForInStatement: loop,
      ForOfStatement: loop,
      WhileStatement: loop,
      DoWhileStatement: loop,
    });
    return applyEdits(source, edits);
  }
  return source;
}
