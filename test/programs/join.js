// A process of the program without Process: joins the memory it inherits as descriptor 3, then runs what it is told to.
const { joinMemory } = require('../../dist/src/memory/memory.js');
const { enterSlot } = require('../../dist/src/memory/slots.js');
const { restoreHandle } = require('../../dist/src/objects/handle.js');
require('../../dist/src/sync/lock.js');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const { ticket, slot, handles, args } = JSON.parse(process.env.PARLAB_TEST_JOIN);
joinMemory(ticket);
enterSlot(slot);
const queue = join(__dirname, '../../dist/src/channel/queue.js');
if (existsSync(queue)) require(queue);

exports.shared = handles.map(restoreHandle);
exports.args = args;
