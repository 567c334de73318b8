// Sends a captured task from one of the programs here to another process and prints what that process answers.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { deserialize } = require('node:v8');
const dist = join(__dirname, '../../../dist');
const { capture } = require(join(dist, 'src/capture/capture.js'));
const { encodeCaptured } = require(join(dist, 'src/capture/encode.js'));

exports.answer = (target, ...args) => {
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, join(dist, 'test/support/capture/elsewhere-child.js')],
    {
      input: encodeCaptured(capture({ target, args })),
      stdio: ['pipe', 'inherit', 'inherit', 'pipe'],
    },
  );
  console.log(JSON.stringify(deserialize(child.output[3])));
};
