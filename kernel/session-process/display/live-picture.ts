// Pictures that change while a cell runs: one display each, redrawn in place.

import type { ShownPicture } from 'parlab/host';
import { critical } from '../cell/critical';
import { display } from './display';

const shownBefore = new Set<string>();

export function displayPicture({ id, bundle, isFinished }: ShownPicture): void {
  const update = shownBefore.has(id);
  if (isFinished) shownBefore.delete(id);
  else shownBefore.add(id);
  critical(() => display(bundle, { id, update, raw: true }));
}
