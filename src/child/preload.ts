// What a child loads before it knows its task: everything a captured function may refer to. Loading registers
// the handles.
import '../channel/connection';
import '../channel/joinable-queue';
import '../channel/queue';
import '../channel/simple-queue';
import '../cluster/handles';
import '../manager/server-process';
import '../manager/sync-manager';
import '../pool/worker-main';
import '../process/process';
import '../process/sent-process';
import '../sync/barrier';
import '../sync/bounded-semaphore';
import '../sync/condition';
import '../sync/event';
import '../shared/array';
import '../shared/raw';
import '../shared/shareable-list';
import '../shared/shared-memory';
import '../shared/value';
import '../sync/lock';
import '../sync/rlock';
import '../sync/semaphore';
import '../trace/prints';
