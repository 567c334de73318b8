// A module with state of its own, part of which it exports.
export let mode = 'a';
let n = 0;
export const state = { n: 1 };
export const LIMIT = 5;
export const inc = () => ++n;
export const getMode = () => mode;
export const setMode = (to) => {
  mode = to;
};
export default function isDone() {
  return n > 9;
}
