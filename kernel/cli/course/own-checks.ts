// The checks of a notebook that was handed in, where the instructor's are not given: what others have handed
// in tells which exercises there are. Pure.
import { type Cell, hasTag, type Notebook } from '../notebook-runner/notebook-file';
import { exercisesIn } from './exercises';

type Names = ReadonlyMap<string | undefined, string>;

/** The names of the exercises, by the ids of their checks. */
export function namesByCheck(notebooks: readonly Notebook[]): Map<string | undefined, string> {
  const found = notebooks.flatMap(exercisesIn).filter(({ exercise }) => exercise !== undefined);
  return new Map(found.map(({ name, check }) => [check.id, name]));
}

/** Returns the checks by the name of the exercise; undefined where its cell is not there any more. */
export function checksIn(notebook: Notebook, names: Names): Map<string, Cell | undefined> {
  return new Map(named(notebook, names).map(({ name, isGone, check }) => [name, isGone ? undefined : check]));
}

/** Does what choiceIn() does, with the names that the exercises had. */
export function ownChoiceIn(notebook: Notebook, names: Names): string[] {
  return named(notebook, names)
    .filter(({ check }) => hasTag(check, 'choice'))
    .map(({ name }) => name);
}

function named(notebook: Notebook, names: Names): { name: string; isGone: boolean; check: Cell }[] {
  return exercisesIn(notebook).map(({ name, check, exercise }) => {
    const known = exercise === undefined ? names.get(check.id) : undefined;
    return { name: known ?? name, isGone: known !== undefined, check };
  });
}
