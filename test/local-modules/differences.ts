// Runs the programs of a project, and says what they print that they should not, or do not print.

import { parlab } from '../support/commands/parlab';
import type { Project, Shape } from './project';

export function nameOf({ typescript, type, config }: Shape): string {
  return `${typescript ?? 'no'} TypeScript, ${type}, ${config}`;
}

/** Of its cells and their child, and of its script and that one's child. */
export async function differences(project: Project): Promise<string[]> {
  const lines = (word: string) => project.rows.map(({ gives }, row) => `${row} ${word} ${gives}`);
  const cells = project.rows.flatMap(({ gives, call }, row) => [
    `${row} cell ${gives}`,
    `${row} computed ${call === 'config' ? 'string' : 'function'}`,
  ]);
  return [
    ...(await compared(project.notebook(), [...cells, ...lines('child')])),
    ...(await compared(project.script(), [...lines('script'), ...lines('child')])),
  ];
}

async function compared(program: string, expected: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await parlab(['run', program]);
  const printed = stdout.trim().split('\n');
  return [
    ...expected.filter((line) => !printed.includes(line)).map((line) => `missing: ${line}`),
    ...printed.filter((line) => !expected.includes(line)).map((line) => `printed: ${line}`),
    ...(stderr === '' ? [] : [stderr]),
  ];
}
