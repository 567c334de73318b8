// Whether only a quick look is wanted: `npm run bench -- NAME --quick`.

export const isQuick = process.argv.includes('--quick');

/** How many times to repeat something. */
export function times(count: number): number {
  return isQuick ? Math.ceil(count / 10) : count;
}
