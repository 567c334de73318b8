// Which program can read what another one writes: told before anything of it runs.
import { serialize } from 'node:v8';

export interface Versions {
  readonly parlab: string;
  readonly node: string;
  /**
   * The format of V8's serializer: whoever has a newer one reads an older one, and not the other way round.
   */
  readonly serializer: number;
}

let mine: Versions | undefined;

export function myVersions(): Versions {
  mine ??= {
    parlab: (require('../../package.json') as { version: string }).version,
    node: process.versions.node,
    serializer: serialize(1)[1] ?? 0,
  };
  return mine;
}

/** Both read what the other one sends. */
export function canTalk(one: Versions, other: Versions): boolean {
  return one.parlab === other.parlab && one.serializer === other.serializer;
}
