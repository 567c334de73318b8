// Runs a chunk of a pool that does nothing: the first one of each worker is then as quick as the next.
import { offer } from '../pool/claims';
import { pack, type RunOrder } from '../pool/conversation';
import { runChunk } from '../pool/run-chunk';

const COUNT = 64;

export const chunk: RunOrder = {
  type: 'run',
  call: 0,
  program: 0,
  spread: false,
  tag: '',
  items: pack(new Array(COUNT).fill(0)),
  turn: 0,
  budgetMs: 1000,
  stopsAtError: true,
};

export function rehearseChunk(): void {
  const claims = new Int32Array(1);
  offer(claims, 0, COUNT);
  void runChunk((value) => value, chunk, claims, 0);
}
