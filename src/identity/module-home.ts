// From where a child looks up modules: the place of the program's main file, in every generation.
import { isAbsolute, join } from 'node:path';
import { hostFd } from '../host/output';
import { currentFolder } from '../system/current-folder';
import { myIdentity } from './identity';

export function moduleHome(): string {
  const inherited = myIdentity().moduleHome;
  if (inherited !== undefined) return inherited;
  // A host's main file is the host's own: its user's modules lie where it works.
  const main = hostFd() === undefined ? (require.main?.filename ?? process.argv[1]) : undefined;
  // A program that Node reads from its input is called '-'.
  return main !== undefined && isAbsolute(main) ? main : join(currentFolder(), '[program]');
}
