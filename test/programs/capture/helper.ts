// A local module of entry.ts.
export function scale(n: number): number {
  return n * 100;
}
export class Greeter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  greet(): string {
    return `Hi ${this.name}`;
  }
}
