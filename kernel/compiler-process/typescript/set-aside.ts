// Declarations that a later cell makes anew, while others still speak of them: a value that was made of the
// old class stays of the old class. The old one gets another name, wherever it is meant.

import ts from 'typescript';

export interface Named {
  readonly name: string;
  readonly text: string;
}

const BEFORE = '$before';

/** The first name that is free for what `name` has meant until now. */
export function nameBefore(name: string, isTaken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const candidate = `${name}${BEFORE}${count === 1 ? '' : count}`;
    if (!isTaken(candidate)) return candidate;
  }
}

export function isSetAside(name: string): boolean {
  const at = name.lastIndexOf(BEFORE);
  return at > 0 && /^\d*$/.test(name.slice(at + BEFORE.length));
}

/** The first name in a text that was set aside, and what it was before. */
export function setAsideIn(text: string): { name: string; before: string } | undefined {
  const at = text.indexOf(BEFORE);
  if (at < 0) return undefined;
  let [start, end] = [at, at + BEFORE.length];
  while (isPartOfName(text, start - 1)) start--;
  while (/\d/.test(text.charAt(end))) end++;
  return { name: text.slice(start, end), before: text.slice(start, at) };
}

/** Whether the name is a word of the text. */
export function speaksOf(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isPartOfName(text, at - 1) && !isPartOfName(text, at + name.length)) return true;
  }
  return false;
}

function isPartOfName(text: string, at: number): boolean {
  return /[\p{ID_Continue}$]/u.test(text.charAt(at));
}

/** `names`: from the old to the new one, each of something that is declared here. */
export function renamed<T extends Named>(
  declarations: readonly T[],
  names: ReadonlyMap<string, string>,
): T[] {
  const speaks = ({ text }: T): boolean => [...names.keys()].some((name) => speaksOf(text, name));
  const texts = textsRenamed(declarations.filter(speaks), names);
  return declarations.map((each) => ({
    ...each,
    name: names.get(each.name) ?? each.name,
    text: texts.get(each) ?? each.text,
  }));
}

/** Returns the declarations without those that were set aside and that no cell speaks of any more. */
export function spokenOf<T extends Named>(declarations: readonly T[]): readonly T[] {
  const [aside, open] = [declarations.filter(isAside), declarations.filter((each) => !isAside(each))];
  if (aside.length === 0) return declarations;
  const found = new Set<T>();
  const visit = ({ text }: T): void => {
    for (const each of aside) {
      if (found.has(each) || !speaksOf(text, each.name)) continue;
      found.add(each);
      visit(each);
    }
  };
  open.forEach(visit);
  return declarations.filter((each) => !isAside(each) || found.has(each));
}

function isAside({ name }: Named): boolean {
  return isSetAside(name);
}

const FILE = '/declarations.d.ts';
const MODULE = 'export {};\n';

/** Writes them as one file, in which TypeScript knows what each name means. */
function textsRenamed<T extends Named>(
  declarations: readonly T[],
  names: ReadonlyMap<string, string>,
): Map<T, string> {
  let end = MODULE.length;
  const parts = declarations.map((of) => {
    const start = end;
    end += of.text.length + 1;
    return { of, start, end };
  });
  const service = serviceFor(MODULE + declarations.map(({ text }) => `${text}\n`).join(''));
  const file = service.getProgram()?.getSourceFile(FILE);
  const preferences = { providePrefixAndSuffixTextForRename: true };
  const edits = [...names].flatMap(([name, instead]) => {
    const part = parts.find(({ of }) => of.name === name);
    const at = part && file && declared(name, file, part.start);
    const places = at && service.findRenameLocations(FILE, at.getStart(file), false, false, preferences);
    return (places ?? []).map(({ textSpan, prefixText = '', suffixText = '' }) => ({
      ...textSpan,
      text: `${prefixText}${instead}${suffixText}`,
    }));
  });
  service.dispose();
  edits.sort((one, other) => other.start - one.start);
  return new Map(
    parts.map(({ of, start: from, end: to }) => {
      const own = edits.filter(({ start }) => from <= start && start < to);
      const text = own.reduce(
        (result, { start, length, text }) =>
          result.slice(0, start - from) + text + result.slice(start - from + length),
        of.text,
      );
      return [of, text];
    }),
  );
}

/** The place of the name in its own declaration, which begins at `start` or behind it. */
function declared(name: string, file: ts.SourceFile, start: number): ts.Identifier | undefined {
  const find = (node: ts.Node): ts.Identifier | undefined => {
    if (node.end <= start) return undefined;
    const isName =
      ts.isIdentifier(node) &&
      node.text === name &&
      ts.getNameOfDeclaration(node.parent as ts.Declaration) === node;
    return isName ? node : ts.forEachChild(node, find);
  };
  return find(file);
}

function serviceFor(text: string): ts.LanguageService {
  const snapshot = ts.ScriptSnapshot.fromString(text);
  return ts.createLanguageService({
    getCompilationSettings: () => ({ noLib: true, noResolve: true, types: [] }),
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (name === FILE ? snapshot : undefined),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '',
    fileExists: (name) => name === FILE,
    readFile: (name) => (name === FILE ? text : undefined),
  });
}
