// Cells that keep TypeScript busy for long.

const permutations = [...'abc'].map(
  (first, at) =>
    `const p${at}: Permutations<'${first}1'|'b'|'c'|'d'|'e'|'f'|'g'|'h'> = ['${first}1', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];`,
);

/** Half a minute and more. */
export const HEAVY = `
type Permutations<T, U = T> = [T] extends [never] ? [] : T extends unknown ? [T, ...Permutations<Exclude<U, T>>] : never;
${permutations.join('\n')}`;

/** A literal of 60,000 rows. */
export const ROWS = `const rows = [\n${Array.from({ length: 60_000 }, (_, at) => `  { id: ${at}, name: 'row ${at}', tags: ['a', 'b', ${at}], at: { x: ${at}.5, y: [${at}, null] } },`).join('\n')}\n];`;
