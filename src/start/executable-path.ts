// The program of the children; by default the one that runs this process.

let path = process.execPath;

export function executablePath(): string {
  return path;
}

export function useExecutable(given: string): void {
  path = given;
}
