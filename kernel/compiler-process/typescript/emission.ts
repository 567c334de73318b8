// What becomes of a cell: its script at once, and its declarations when no request waits any more.

import type ts from 'typescript';
import { evolvingVariables } from './evolving-variables';
import { keepLastExpression } from './last-expression';
import { nestedVariables } from './nested-variables';
import { importRequired } from './required-imports';
import type { Evolving } from './split-declarations';
import { presentAtEnd } from './types-at-end';
import { typescript } from './typescript-internals';
import { withUnnamedTypes } from './unnamed-types';

export interface Emission {
  readonly javascript: string;
  readonly sourceMap: string;
  /** Whether the cell ends with an expression, so that it has a value. */
  readonly hasResult: boolean;
  /**
   * What the cell declares, as the text of a `.d.ts` file. To be called before the next cell is converted.
   */
  declarations(): string;
  /** Returns, in the same way, the types that later cells see other than declared. */
  evolving(): Evolving;
}

export const noEmission: Emission = {
  javascript: '',
  sourceMap: '',
  hasResult: false,
  declarations: () => '',
  evolving: () => new Map(),
};

export function emit(
  program: ts.Program,
  file: ts.SourceFile | undefined,
): { result: ts.EmitResult; emission: Emission } {
  let [javascript, sourceMap, hasResult] = ['', '', false];
  const keepResult = (source: ts.SourceFile) => keepLastExpression(source, () => (hasResult = true));
  const result = typescript.emitScript(
    program,
    file,
    () => (source) => importRequired(keepResult(source)),
    (name, text) => {
      if (name.endsWith('.map')) sourceMap = text;
      else javascript = text;
    },
  );
  const declarations = () => (file ? declarationsOf(program, file) : '');
  const evolving = () => (file ? evolvingIn(program, file) : noEmission.evolving());
  return { result, emission: { javascript, sourceMap, hasResult, declarations, evolving } };
}

function evolvingIn(program: ts.Program, file: ts.SourceFile): Evolving {
  return new Map([
    ...[...evolvingVariables(file)].map((name) => [name, 'any'] as const),
    ...presentAtEnd(program, file).map((name) => [name, 'present'] as const),
  ]);
}

function declarationsOf(program: ts.Program, file: ts.SourceFile): string {
  if (typescript.bind(file, program.getCompilerOptions()).size === 0) return '';
  const emitted = withUnnamedTypes(program, file, () => typescript.declarationsOf(program, file));
  return emitted + nestedVariables(program, file);
}
