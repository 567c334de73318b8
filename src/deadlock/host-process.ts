// A process that may be given work from outside at any time, such as the session of a notebook: its next cell
// may put into a queue or set an event. That it releases a lock which another process has is not expected of
// it, though, or two children in a deadlock would never be told of it.
import { header } from '../memory/layout';
import { programMemory, whenCreated } from '../memory/memory';
import { ownerTag } from '../memory/slots';

/**
 * Says that this process may be given work from outside at any time, so that a wait for it is no deadlock.
 */
export function becomeHostProcess(): void {
  whenCreated(() => {
    programMemory().i32[header.host] = ownerTag();
  });
}
