// docs/hangs.md taken apart: of each kind of hang the program, what it says, and the program put right; and running them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { type Ended, runProgram } from '../contract/run-program';

const ROOT = path.resolve(__dirname, '../../../..');
/** Within the package, so that 'parlab' names this package there. */
const COMPILED = path.join(ROOT, 'dist', 'test', 'programs', 'hangs', String(process.pid));

export interface Example {
  readonly title: string;
  readonly program: string;
  /** 'circular-wait' or the name of another error, then its sentences. */
  readonly says: string;
  readonly repaired: string | undefined;
}

export function hangsPage(): Example[] {
  const page = readFileSync(path.join(ROOT, 'docs', 'hangs.md'), 'utf8');
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [program, repaired] = blocksOf(section, 'ts');
      const [says] = blocksOf(section, 'text');
      if (program === undefined || says === undefined) return [];
      return { title: section.slice(0, section.indexOf('\n')), program, says: says.trim(), repaired };
    });
}

function blocksOf(section: string, language: string): string[] {
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );
}

let programs = 0;

/** As `program.ts`, so that its lines are what the page says. */
export function runText(text: string, method: string): Promise<Ended> {
  const folder = path.join(COMPILED, String(++programs));
  mkdirSync(folder, { recursive: true });
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    inlineSourceMap: true,
    inlineSources: true,
    esModuleInterop: true,
  };
  const fileName = path.join(folder, 'program.ts');
  writeFileSync(fileName, text);
  const { outputText } = ts.transpileModule(text, { fileName, compilerOptions });
  const compiled = path.join(folder, 'program.js');
  writeFileSync(compiled, outputText);
  return runProgram(['--enable-source-maps', compiled], { PARLAB_START_METHOD: method });
}

/** Each error that was told, by its name and sentences; process ids are left out. */
export function errorsIn({ stdout, stderr }: Ended): string[] {
  return `${stdout}${stderr}`
    .split('\n')
    .flatMap((line) => /^(\w+Error: .*?)(?: \{)?$/.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/\(pid \d+\)/g, '(pid …)'));
}
