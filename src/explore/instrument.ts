// Counts the rounds of loops and what is awaited, so that what never ends is found after the same number of
// rounds on every machine, and brings import() under control. Each line keeps its place.
import { type AnyNode, type Options, parse, type Statement } from 'acorn';
import { simple } from 'acorn-walk';
import { applyEdits, type Edit } from '../capture/functions/edits';

/** A name that no program is written with. */
export const ROUND = 'ˢround';
export const IMPORT = 'ˢimport';

const done = new Map<string, string>();

/** Instruments a function or class from the file `url`. */
export function instrument(source: string, url: string): string {
  return remembered(source, url, functionForms);
}

/** Instruments a whole file. */
export function instrumentFile(source: string, url: string): string {
  return remembered(source, url, fileForms);
}

interface Form {
  readonly before: string;
  readonly after: string;
  readonly options?: Partial<Options>;
}

const functionForms: readonly Form[] = [
  { before: '(', after: ')' },
  { before: '({', after: '})' },
];
const fileForms: readonly Form[] = [{ before: '', after: '', options: { allowReturnOutsideFunction: true } }];

function remembered(source: string, url: string, forms: readonly Form[]): string {
  // What an explored process hands on has been here before.
  if (source.includes(ROUND) || source.includes(IMPORT)) return source;
  const key = `${url}\n${source}`;
  let text = done.get(key);
  if (text === undefined) {
    text = instrumented(source, url, forms);
    done.set(key, text);
  }
  return text;
}

function instrumented(source: string, url: string, forms: readonly Form[]): string {
  for (const { before, after, options } of forms) {
    let program: AnyNode;
    try {
      program = parse(before + source + after, {
        ecmaVersion: 'latest',
        allowHashBang: true,
        allowSuperOutsideMethod: true,
        allowAwaitOutsideFunction: true,
        checkPrivateFields: false,
        ...options,
      });
    } catch {
      continue;
    }
    return applyEdits(source, editsFor(program, before.length, url));
  }
  return source;
}

function editsFor(program: AnyNode, shift: number, url: string): Edit[] {
  const edits: Edit[] = [];
  const loop = ({ body }: { body: Statement }) => {
    const start = body.start - shift;
    const end = body.end - shift;
    if (body.type === 'BlockStatement') edits.push({ start: start + 1, end: start + 1, text: `${ROUND}();` });
    else edits.push({ start, end: start, text: `{${ROUND}();` }, { start: end, end, text: '}' });
  };
  simple(program, {
    ForStatement: loop,
    ForInStatement: loop,
    ForOfStatement: loop,
    WhileStatement: loop,
    DoWhileStatement: loop,
    AwaitExpression: ({ start, end }) => {
      const from = start - shift + 'await'.length;
      edits.push({ start: from, end: from, text: `(${ROUND}(),` });
      edits.push({ start: end - shift, end: end - shift, text: ')' });
    },
    ImportExpression: ({ start }) => {
      const text = `${IMPORT}.bind(null,${JSON.stringify(url)})`;
      edits.push({ start: start - shift, end: start - shift + 'import'.length, text });
    },
  });
  return edits;
}
