// The checks of a notebook that was handed in, where the instructor's are not given: what others have handed
// in tells which exercises there are. Pure.
import type { Cell, Notebook } from '../notebook-runner/notebook-file';
import { exercisesIn } from './exercises';

/** The names of the exercises, by the ids of their checks. */
export function namesByCheck(notebooks: readonly Notebook[]): Map<string | undefined, string> {
  const found = notebooks.flatMap(exercisesIn).filter(({ exercise }) => exercise !== undefined);
  return new Map(found.map(({ name, check }) => [check.id, name]));
}

/** By the name of the exercise; undefined where its cell is not there any more. */
export function checksIn(
  notebook: Notebook,
  names: ReadonlyMap<string | undefined, string>,
): Map<string, Cell | undefined> {
  return new Map(
    exercisesIn(notebook).map(({ name, check, exercise }) => {
      const known = exercise === undefined ? names.get(check.id) : undefined;
      return known === undefined ? [name, check] : [known, undefined];
    }),
  );
}
