// What a shell would do to a command line, and the kernel does not do: said before a program gets it as a
// word.

/** What stands in quotes or behind a backslash is meant as it stands. */
const AS_IT_STANDS = /'[^']*'|"(?:\\.|[^"\\])*"|\\./gs;

const BUILT_IN: Readonly<Record<string, string>> = {
  cd: "process.chdir('folder') changes the folder of the notebook",
  export: "process.env.NAME = 'value' sets a variable for all that follows",
  source: 'what it sets would end with its shell; set it by process.env',
  '.': 'what it sets would end with its shell; set it by process.env',
  alias: 'write the whole line, or a function that runs it',
  unset: 'delete process.env.NAME takes a variable away',
  for: 'write the loop in TypeScript, with node:child_process in it',
  while: 'write the loop in TypeScript, with node:child_process in it',
  if: 'write the condition in TypeScript, with node:child_process in it',
};

/** A sentence if the line needs a shell. */
export function neededShell(line: string): string | undefined {
  const bare = line.replace(AS_IT_STANDS, '_').trim();
  const quote = /['"]/.exec(bare)?.[0];
  if (quote !== undefined)
    return `A quote is open: ${quote} has no partner. Write it twice, or \\${quote} for the sign itself.`;
  if (/`|\$\(/.test(bare))
    return 'A line with ! is no shell: `…` and $(…) run nothing here. Run the one, and give what it says to the other with node:child_process.';
  const braces = /\{[^{}\s]{0,200}(?:,|\.\.)[^{}\s]{0,200}\}/.exec(bare)?.[0];
  if (braces !== undefined)
    return `A line with ! is no shell: ${braces} stays as it is. Write each word, or put it in quotes if the program is to read it.`;
  const setting = /^\w+=\S*/.exec(bare)?.[0];
  if (setting !== undefined)
    return `A line with ! is no shell: ${setting} sets nothing here. Write \`!env ${line.trim()}\`, or process.env in a line of its own.`;
  const [word = ''] = bare.split(/\s/, 1);
  if (Object.hasOwn(BUILT_IN, word)) return `${word} is a word of shells and no program: ${BUILT_IN[word]}.`;
  return undefined;
}
