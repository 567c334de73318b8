// Whether a script is strict by its own words. Only the tokens that the directives take are read.
import { type Token, tokenizer, tokTypes } from 'acorn';

/** The directive may stand behind comments and other directives, and inside the function that wraps a cell. */
export function isStrictByDirective(text: string): boolean {
  try {
    return saysStrict(
      text,
      tokenizer(text, { ecmaVersion: 'latest', allowHashBang: true })[Symbol.iterator](),
    );
  } catch {
    // What cannot be read to its first statement has no directive.
    return false;
  }
}

function saysStrict(text: string, tokens: Iterator<Token>): boolean {
  let token = behindWrapper(text, tokens);
  while (token?.type === tokTypes.string) {
    const next = following(tokens);
    const isAlone = next === undefined || endsStatement(text, token, next);
    if (isAlone && /^.use strict.$/.test(text.slice(token.start, token.end))) return true;
    if (!isAlone) return false;
    token = next?.type === tokTypes.semi ? following(tokens) : next;
  }
  return false;
}

/** The first token behind `(async function (…) {`, if the text begins so; else its first one. */
function behindWrapper(text: string, tokens: Iterator<Token>): Token | undefined {
  const first = following(tokens);
  let token = first;
  if (token?.type === tokTypes.parenL) token = following(tokens);
  if (token && text.slice(token.start, token.end) === 'async') token = following(tokens);
  if (token?.type !== tokTypes._function) return first;
  while (token && token.type !== tokTypes.braceL) token = following(tokens);
  return following(tokens);
}

function endsStatement(text: string, token: Token, { type, start }: Token): boolean {
  if (type === tokTypes.semi || type === tokTypes.braceR) return true;
  const isWord = type.keyword !== undefined && type !== tokTypes._in && type !== tokTypes._instanceof;
  return (isWord || beginning.has(type)) && text.slice(token.end, start).includes('\n');
}

/** What else, on the next line, is a statement of its own. */
const beginning = new Set([
  tokTypes.name,
  tokTypes.num,
  tokTypes.string,
  tokTypes.regexp,
  tokTypes.braceL,
  tokTypes.prefix,
  tokTypes.incDec,
]);

function following(tokens: Iterator<Token>): Token | undefined {
  const { value, done } = tokens.next();
  return done ? undefined : value;
}
