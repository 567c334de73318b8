// Loads what explores at the first call: a program that never explores need not wait for it.

export function whenAsked(): typeof import('./asking') {
  return require('./asking') as typeof import('./asking');
}
