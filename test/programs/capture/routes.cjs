// A module with classes of its own, of which it exports some.
class Router {
  #routes = new Map();
  #name = 'router';
  constructor(name) {
    if (typeof name !== 'string') throw new TypeError('a router needs a name');
    this.#name = name;
    this.size = this.size.bind(this);
  }
  add(path, route) {
    this.#routes.set(path, route);
    return this;
  }
  run(path) {
    return `${this.#name} ${this.#routes.get(path)()}`;
  }
  size() {
    return this.#routes.size;
  }
  knows(other) {
    return #routes in other;
  }
}
class Ticket {
  #n = 1;
  constructor(n) {
    this.#n = n;
  }
  get n() {
    return this.#n;
  }
}
const makeTicket = (n) => new Ticket(n);
const isTicket = (value) => value instanceof Ticket;
module.exports = { Router, makeTicket, isTicket };
