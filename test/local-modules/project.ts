// A project as people have them, with local modules of every kind, and programs that use each of them in
// every way: in a cell, in a file, in a child, and by `parlab run`.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type ModuleType = 'commonjs' | 'module';
export type Config = 'none' | 'nodenext' | 'paths';

export interface Shape {
  /** Of its own TypeScript; undefined if it has none. */
  readonly typescript: string | undefined;
  readonly type: ModuleType;
  readonly config: Config;
}

const SETTINGS: { readonly [config in Config]: object | undefined } = {
  none: undefined,
  nodenext: { compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: true } },
  paths: {
    compilerOptions: {
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'esnext',
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      paths: { '@/*': ['./src/*'] },
    },
  },
};

export const CONFIGS = Object.keys(SETTINGS) as Config[];

const FILES: { readonly [path: string]: string } = {
  'util.ts': 'export const twice = (n: number): number => n * 2;\n',
  'bare.ts': "import { twice } from './util';\nexport const bare = () => twice(1);\n",
  'ts.ts': "import { twice } from './util.ts';\nexport const ts = () => twice(2);\n",
  'js.ts': "import { twice } from './util.js';\nexport const js = () => twice(3);\n",
  // Beside it lie what Node takes first.
  'config.ts': "export const config: string = 'ts';\n",
  'config.json': '{}\n',
  'config.js': "exports.config = 'stale';\n",
  'configured.ts': "import { config } from './config';\nexport const configured = () => config;\n",
  'meta.ts': 'export const meta = () => import.meta.url.split("/").at(-1);\n',
  'awaits.ts': "export const awaited: string = await Promise.resolve('awaited');\n",
  'nested.ts': "import { awaited } from './awaits';\nexport const nested = () => awaited;\n",
  'lazy.ts':
    'export const lazy = async (at: string) => (await import(`./$' + '{at}.ts`)).twice(4) as number;\n',
  'module.mts': 'export const mts = () => 10;\n',
  'common.cts': 'export const cts = () => 12;\n',
  'view.tsx': [
    '/** @jsxRuntime classic */',
    '/** @jsx h */',
    'const h = (tag: string): string => tag;',
    'declare namespace h { namespace JSX { interface IntrinsicElements { b: object } type Element = string } }',
    'export const view = (): string => <b />;\n',
  ].join('\n'),
  'src/deep.ts': "export const deep = () => 'deep';\n",
  'src/aliased.ts': "import { deep } from '@/deep';\nexport const aliased = () => deep();\n",
  'packages/shared/package.json': '{ "name": "shared", "type": "module", "exports": "./index.ts" }\n',
  'packages/shared/index.ts': "import { inner } from './inner.js';\nexport const shared = () => inner;\n",
  'packages/shared/inner.ts': 'export const inner: number = 14;\n',
};

interface Row {
  readonly imports: string;
  readonly call: string;
  readonly gives: unknown;
  /** What TypeScript would refuse in a checked file of this project. */
  readonly isFor?: (shape: Shape) => boolean;
}

const isBundled = ({ config }: Shape): boolean => config !== 'nodenext';

const ROWS: readonly Row[] = [
  { imports: "import { twice } from './util'", call: 'twice(5)', gives: 10, isFor: isLoose },
  { imports: "import { twice } from './util.js'", call: 'twice(5)', gives: 10 },
  { imports: "import { twice } from './util.ts'", call: 'twice(5)', gives: 10, isFor: isBundled },
  { imports: "import { bare } from './bare.js'", call: 'bare()', gives: 2, isFor: isLoose },
  { imports: "import { ts } from './ts.js'", call: 'ts()', gives: 4, isFor: isBundled },
  { imports: "import { js } from './js.js'", call: 'js()', gives: 6 },
  { imports: "import { config } from './config.js'", call: 'config', gives: 'ts' },
  {
    imports: "import { configured } from './configured.js'",
    call: 'configured()',
    gives: 'ts',
    isFor: isLoose,
  },
  { imports: "import { meta } from './meta.js'", call: 'meta()', gives: 'meta.ts' },
  { imports: "import { nested } from './nested.js'", call: 'nested()', gives: 'awaited', isFor: isLoose },
  { imports: "import { lazy } from './lazy.js'", call: "await lazy('util')", gives: 8 },
  { imports: "import { mts } from './module.mjs'", call: 'mts()', gives: 10 },
  { imports: "import { cts } from './common.cjs'", call: 'cts()', gives: 12 },
  { imports: "import { view } from './view.js'", call: 'view()', gives: 'b' },
  { imports: "import { shared } from 'shared'", call: 'shared()', gives: 14 },
  {
    imports: "import { aliased } from '@/aliased'",
    call: 'aliased()',
    gives: 'deep',
    isFor: ({ config }) => config === 'paths',
  },
];

function isLoose({ type, config }: Shape): boolean {
  return !(type === 'module' && config === 'nodenext');
}

export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'parlab-project-')));
  readonly rows: readonly Row[];

  constructor(shape: Shape) {
    const { typescript, type, config } = shape;
    for (const [path, text] of Object.entries(FILES)) this.write(path, text);
    this.write('package.json', JSON.stringify({ name: 'project', type }));
    const settings = SETTINGS[config];
    if (settings) this.write('tsconfig.json', `// A comment.\n${JSON.stringify(settings)}`);
    if (typescript !== undefined) {
      this.write(
        'node_modules/typescript/package.json',
        JSON.stringify({ name: 'typescript', version: typescript }),
      );
      this.write(
        'node_modules/typescript/index.js',
        "throw new Error('The project\\'s own TypeScript was loaded.');\n",
      );
    }
    this.linkShared();
    this.rows = ROWS.filter(({ isFor }) => isFor?.(shape) ?? true);
  }

  /** As npm does for a workspace; without one, an installation takes it away. */
  linkShared(): void {
    const link = join(this.folder, 'node_modules', 'shared');
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(this.folder, 'packages', 'shared'), link);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Each row in a cell, imported by its path as a value, and all in one child of the last cell. */
  notebook(): string {
    const calls = this.rows.map(({ call }, at) => `console.log('${at} child', ${call});`);
    const child = `${IN_CHILD}\nawait inChild(async () => { ${calls.join(' ')} });`;
    return this.#writeProgram('rows.ipynb', notebookOf([IMPORT, ...this.rows.map(cellOf), child]));
  }

  script(): string {
    const imports = this.rows.map(({ imports }, at) => imports.replace(/\{ (\w+) \}/, `{ $1 as _${at} }`));
    const calls = this.rows.map(({ call }, at) => call.replace(/\b(\w+)(?=\(|$)/, `_${at}`));
    const shown = (who: string) => calls.map((call, at) => `console.log('${at} ${who}', ${call});`);
    const child = `await inChild(async () => {\n${shown('child').join('\n')}\n});\n`;
    return this.#writeProgram(
      'main.ts',
      [IMPORT, ...imports, IN_CHILD, ...shown('script'), child].join('\n'),
    );
  }

  #writeProgram(name: string, text: string): string {
    this.write(name, text);
    return join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const IMPORT = "import { Process } from 'parlab';";
const IN_CHILD = `async function inChild(target: () => unknown) {
  const child = new Process({ target });
  child.start();
  await child.join();
}`;

function cellOf({ imports, call }: Row, at: number): string {
  const [, name, specifier] = /\{ (\w+) \}.*'(.*)'/.exec(imports) ?? [];
  return `${imports};
console.log('${at} cell', ${call});
const path${at}: string = '${specifier}';
console.log('${at} computed', typeof (await import(path${at})).${name});`;
}

export function notebookOf(cells: readonly string[]): string {
  const metadata = { kernelspec: { name: 'parlab', display_name: 'ParLab', language: 'typescript' } };
  return JSON.stringify({
    cells: cells.map((source) => ({
      cell_type: 'code',
      metadata: {},
      outputs: [],
      execution_count: null,
      source,
    })),
    metadata,
    nbformat: 4,
    nbformat_minor: 4,
  });
}
