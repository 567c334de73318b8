// Whether a script is strict by its own words. Only the tokens that the directives take are read.
import { type Token, type TokenType, tokenizer, tokTypes } from 'acorn';

type Tokens = ReturnType<typeof tokenizer>;

/**
 * The directive may stand behind comments and other directives, and inside the function that wraps a cell.
 */
export function isStrictByDirective(text: string): boolean {
  try {
    return saysStrict(text, tokenizer(text, { ecmaVersion: 'latest', allowHashBang: true }));
  } catch {
    // What cannot be read to its first statement has no directive.
    return false;
  }
}

function saysStrict(text: string, tokens: Tokens): boolean {
  let token = behindWrapper(text, tokens);
  while (token.type === tokTypes.string) {
    const next = tokens.getToken();
    if (!endsStatement(text, token, next)) return false;
    if (/^.use strict.$/.test(text.slice(token.start, token.end))) return true;
    token = next.type === tokTypes.semi ? tokens.getToken() : next;
  }
  return false;
}

/** The first token behind `(async function (…) {`, if the text begins so; else its first one. */
function behindWrapper(text: string, tokens: Tokens): Token {
  const first = tokens.getToken();
  let token = first;
  if (token.type === tokTypes.parenL) token = tokens.getToken();
  if (text.slice(token.start, token.end) === 'async') token = tokens.getToken();
  if (token.type !== tokTypes._function) return first;
  while (token.type !== tokTypes.eof && token.type !== tokTypes.braceL) token = tokens.getToken();
  return tokens.getToken();
}

function endsStatement(text: string, token: Token, { type, start }: Token): boolean {
  if (type === tokTypes.semi || type === tokTypes.braceR || type === tokTypes.eof) return true;
  const isWord = type.keyword !== undefined && type !== tokTypes._in && type !== tokTypes._instanceof;
  return (isWord || begins(type)) && text.slice(token.end, start).includes('\n');
}

/** What else, on the next line, is a statement of its own. */
function begins(type: TokenType): boolean {
  const { name, num, string, regexp, braceL, prefix, incDec } = tokTypes;
  return [name, num, string, regexp, braceL, prefix, incDec].includes(type);
}
