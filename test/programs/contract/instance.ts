// A class instance as argument: its methods, accessors and private fields work in the child.
import { Process } from 'parlab';

class Account {
  #balance = 5;
  constructor(readonly owner: string) {}
  deposit(amount: number) {
    this.#balance += amount;
  }
  get balance() {
    return this.#balance;
  }
}
class Savings extends Account {
  describe() {
    return `${this.owner} has ${this.balance}`;
  }
}

const savings = new Savings('Ada');
new Process({
  target: (account: Savings) => {
    account.deposit(2);
    console.log(account.describe(), account instanceof Account);
  },
  args: [savings],
}).start();
console.log('parent:', savings.describe());
