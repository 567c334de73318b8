// A line that replaces itself on a terminal; in a log only its last state is written.

export class ProgressLine {
  readonly #live = process.stdout.isTTY === true;

  show(text: string): void {
    if (this.#live) process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  }

  end(text: string): void {
    process.stdout.write(this.#live ? `\r\x1b[2K${text}\n` : `${text}\n`);
  }
}
