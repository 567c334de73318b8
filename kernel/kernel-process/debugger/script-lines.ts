// Lines of the student's TypeScript ↔ places in the script that V8 runs. Places count from 0, as V8's do;
// lines from 1.

import {
  decodedMappings,
  type EncodedSourceMap,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';

export interface ScriptPlace {
  lineNumber: number;
  columnNumber: number;
}

interface WrittenPlace {
  line: number;
  column: number;
}

const INLINE = /^data:application\/json;(?:charset=[^;,]+;)?base64,(.*)$/s;

/** Returns the lines of a script that carries its map with it, as what ts-node compiles does. */
export function inlineLines(sourceMapUrl: string | undefined): ScriptLines | undefined {
  const encoded = INLINE.exec(sourceMapUrl ?? '')?.[1];
  if (encoded === undefined) return undefined;
  try {
    return new ScriptLines(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  } catch {
    return undefined; // A broken map costs the mapping.
  }
}

export class ScriptLines {
  readonly #map: TraceMap;
  #firsts: Map<number, ScriptPlace> | undefined;

  constructor(map: object) {
    this.#map = new TraceMap(map as EncodedSourceMap);
  }

  get text(): string | undefined {
    return this.#map.sourcesContent?.[0] ?? undefined;
  }

  /** Where the code of that line begins; of the next line that has code, if it has none. */
  placeOf(line: number): (ScriptPlace & { line: number }) | undefined {
    this.#firsts ??= firstPlaces(this.#map);
    const lines = [...this.#firsts.keys()].filter((each) => each >= line);
    if (lines.length === 0) return undefined;
    const found = Math.min(...lines);
    return { ...(this.#firsts.get(found) as ScriptPlace), line: found };
  }

  /** Returns undefined for code that the student did not write. */
  writtenAt({ lineNumber, columnNumber }: ScriptPlace): WrittenPlace | undefined {
    if (lineNumber < 0) return undefined;
    const found = originalPositionFor(this.#map, { line: lineNumber + 1, column: columnNumber });
    return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
  }
}

function firstPlaces(map: TraceMap): Map<number, ScriptPlace> {
  const firsts = new Map<number, ScriptPlace>();
  decodedMappings(map).forEach((segments, lineNumber) => {
    for (const [columnNumber, , line] of segments) {
      if (line !== undefined && !firsts.has(line + 1)) firsts.set(line + 1, { lineNumber, columnNumber });
    }
  });
  return firsts;
}
