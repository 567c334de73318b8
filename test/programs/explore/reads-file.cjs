// A module that goes by a file.
const { readFile } = require('node:fs/promises');

exports.readsFile = async () => (await readFile(__filename, 'utf8')).length;
