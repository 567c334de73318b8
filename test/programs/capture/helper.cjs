// A local module of entry.cjs. Its private function reaches others by being returned.
let calls = 0;
function hidden() {
  calls++;
  return `hidden ${calls}`;
}
exports.half = (n) => n / 2;
exports.unexported = () => hidden();
exports.give = () => hidden;
