#!/usr/bin/env node
// The command `parlab`. In a checkout npm links only commands that are there when it installs, and what is compiled comes
// later.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, 'dist', 'main.js');
if (existsSync(program)) {
  require(program);
} else {
  process.stderr.write('parlab: Nothing is compiled here yet. Run npm start once, or npm run build.\n');
  process.exitCode = 1;
}
