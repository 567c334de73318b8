// Sends back what it gets, until null comes.
const { shared } = require('../join.js');
const [questions, answers] = shared;
async function main() {
  for await (const item of questions) {
    await answers.put(item);
    if (item === null) break;
  }
}
main();
