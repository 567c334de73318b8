// The modules that every notebook and script finds without having installed them, under the names that our
// packages give them.

/** The names that a notebook and a script import. */
export const ownNames = ['parlab', 'parlab/tutorial', 'parlab/widgets'] as const;

/**
 * Controls belong to a front end, so they lie in the kernel's package; for a program that imports them, all
 * of ParLab is `parlab`.
 */
export function ownModule(name: string): string | undefined {
  if (name === 'parlab/widgets') return 'parlab-kernel/widgets';
  return name === 'parlab' || name.startsWith('parlab/') ? name : undefined;
}
