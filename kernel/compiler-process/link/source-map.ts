// One source map for a cell: from the linked JavaScript, through the compiler's, to what the student wrote.

import { TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import { type DecodedSourceMap, SourceMap as EncodedSourceMap, type SourceMapSegment } from 'magic-string';
import type { SourceMap } from '../../conversations/cell-program';

interface MapSources {
  /** The map that linking gave. */
  linked: DecodedSourceMap;
  /** The compiler's map, as the text of its `.map` file. */
  compiled: string;
  /** The cell's name in stack traces. */
  url: string;
  /** What the student wrote. */
  code: string;
}

// tslab puts `export {};` on a line of its own before the cell, and an export list after it.
const LINES_BEFORE = 1;

export function composeSourceMap({ linked, compiled, url, code }: MapSources): SourceMap {
  const compilers = new TraceMap(compiled);
  const lineCount = code.split('\n').length;
  const traced = (segment: SourceMapSegment): SourceMapSegment[] => {
    const [column, , compiledLine, compiledColumn] = segment;
    if (compiledLine === undefined || compiledColumn === undefined) return [];
    const [, , line, originalColumn] = traceSegment(compilers, compiledLine, compiledColumn) ?? [];
    if (line === undefined || originalColumn === undefined) return [];
    const original = line - LINES_BEFORE;
    return original < 0 || original >= lineCount ? [] : [[column, 0, original, originalColumn]];
  };
  const mappings = linked.mappings.map((segments) => withoutRepeats(segments.flatMap(traced)));
  const map = { file: url, sources: [url], sourcesContent: [code], names: [] };
  return { version: 3, ...map, mappings: new EncodedSourceMap({ ...map, mappings }).mappings };
}

// A segment holds until the next one: one that says the same again says nothing.
function withoutRepeats(segments: SourceMapSegment[]): SourceMapSegment[] {
  return segments.filter(([, , line, column], index) => {
    const before = segments[index - 1];
    return before?.[2] !== line || before?.[3] !== column;
  });
}
