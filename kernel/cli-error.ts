// What a command throws when the person at the terminal has to do something first: one sentence, no stack,
// exit code 1.

export class CliError extends Error {
  override readonly name = 'CliError';
}
