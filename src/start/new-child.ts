// Puts together what a new child is told: who it is, where it stands, what it runs.
import type { Captured } from '../capture/captured';
import { encodeCaptured } from '../capture/encode';
import { cellTag } from '../host/output';
import { type Identity, myIdentity } from '../identity/identity';
import { logSettings } from '../identity/log';
import { moduleHome } from '../identity/module-home';
import { typeScriptSetup } from '../identity/typescript-setup';
import { currentSlot } from '../memory/slots';
import { currentFolder } from '../system/current-folder';
import type { Start } from './start-method';

type Given = Pick<Identity, 'name' | 'path' | 'daemon' | 'authkey' | 'startMethod' | 'isOwn'>;

export function newChild(given: Given, captured: Captured): Start {
  const log = logSettings();
  const { name, providedModules } = myIdentity();
  const identity: Identity = {
    ...given,
    parent: { name, pid: process.pid, slot: currentSlot() },
    moduleHome: moduleHome(),
    ...(providedModules !== undefined && { providedModules }),
    ...(log !== undefined && { log }),
  };
  return {
    task: {
      identity,
      tag: cellTag(),
      cwd: currentFolder(),
      argv: process.argv,
      typescript: typeScriptSetup(),
      program: encodeCaptured(captured),
    },
    shared: captured.nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : [])),
  };
}
