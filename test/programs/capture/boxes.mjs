// The same as an ES module.
export class Box {
  #held;
  constructor(held) {
    this.#held = held;
  }
  get held() {
    return this.#held;
  }
}
class Secret {}
export const makeSecret = () => new Secret();
export const isSecret = (value) => value instanceof Secret;
