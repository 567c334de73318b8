// The first line of an error or a warning, for terminals and front ends: the name stands out, and the
// sentence has the colour of all text, which can be read on every background.

/** White on dark red, and black on yellow: the same contrast in a light theme and in a dark one. */
const ERROR = '\u001b[48;5;124m\u001b[38;5;231m';
const WARNING = '\u001b[48;5;220m\u001b[38;5;16m';
const PLAIN = '\u001b[0m';

export function errorTitle(name: string, message: string): string {
  return titled(ERROR, name, message);
}

export function warningTitle(message: string): string {
  return titled(WARNING, 'Warning', message);
}

function titled(colours: string, name: string, message: string): string {
  return `${colours}${name}${PLAIN}${message === '' ? '' : `: ${message}`}`;
}
