// A local module that a program and its children import.
export const factor = 10;

export function shout(text: string): string {
  return `${text.toUpperCase()}!`;
}
