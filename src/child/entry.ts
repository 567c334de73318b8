// The main file of a child process that is spawned: joins the program's memory, loads everything, and becomes
// its slot's child.
import { join } from 'node:path';
import { loadTogether } from '../system/load-together';

loadTogether(module, join(__dirname, '..'));

import { joinMemory } from '../memory/memory';
import type { ChildTicket } from '../start/child-ticket';
import { begin, getReady } from './begin';
import { dieWithParent } from './die-with-parent';

const ticket = JSON.parse(process.argv[2] ?? '') as ChildTicket;
// First, so that no orphan is possible from here on.
dieWithParent(ticket.parentPid);
joinMemory(ticket.memory);
getReady(ticket);
begin(ticket.slot);
