// The tests of CPython 3.11's `Lib/test/_test_multiprocessing.py` that mean something outside of Python, by area and class.

export const areas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Process and subclassing': {
    _TestProcess: `current set_executable args_argument daemon_argument parent_process_attributes parent_process process
      terminate kill cpu_count active_children recursion sentinel close many_processes child_fd_inflation wait_for_threads
      forkserver_sigint forkserver_sigkill`,
    _TestSubclassingProcess: 'subclassing stderr_flush sys_exit',
  },
  Queues: {
    _TestQueue: `put get fork qsize task_done timeout queue_feeder_donot_stop_onexc queue_feeder_on_queue_feeder_error
      closed_queue_put_get_exceptions`,
    TestSimpleQueue: 'empty close closed',
  },
  'Locks, semaphores, condition, event, barrier': {
    _TestLock: 'lock rlock lock_context',
    _TestSemaphore: 'semaphore bounded_semaphore timeout',
    _TestCondition: 'notify notify_all notify_n timeout waitfor waitfor_timeout wait_result',
    _TestEvent: 'event repr',
    _TestBarrier: `barrier barrier_10 wait_return action abort reset abort_and_reset timeout default_timeout single_thread
      thousand`,
    SemLockTests: 'semlock_subclass',
  },
  'Value, Array, sharedctypes': {
    _TestValue: 'value rawvalue getobj_getlock',
    _TestArray: 'array array_from_size rawarray getobj_getlock_obj',
    _TestSharedCTypes: 'sharedctypes synchronize copy',
  },
  'Shared memory and heap': {
    _TestSharedMemory: `shared_memory_basics shared_memory_recreate invalid_shared_memory_cration
      shared_memory_pickle_unpickle shared_memory_pickle_unpickle_dead_object shared_memory_across_processes
      shared_memory_SharedMemoryServer_ignores_sigint shared_memory_SharedMemoryManager_basics
      shared_memory_ShareableList_basics shared_memory_ShareableList_pickling
      shared_memory_ShareableList_pickling_dead_object shared_memory_cleaned_after_process_termination`,
    _TestHeap: 'heap free_from_gc',
    TestResourceTracker: `resource_tracker resource_tracker_sigint resource_tracker_sigterm resource_tracker_sigkill
      resource_tracker_reused too_long_name_resource`,
    TestNamedResource: 'global_named_resource_spawn',
  },
  Pool: {
    _TestPool: `apply map starmap starmap_async map_async map_async_callbacks map_unplicklable map_chunksize
      map_handle_iterable_exception async async_timeout imap imap_handle_iterable_exception imap_unordered
      imap_unordered_handle_iterable_exception make_pool terminate empty_iterable context traceback wrapped_exception
      map_no_failfast release_task_refs enter`,
    _TestPoolWorkerErrors: 'async_error_callback unpickleable_result',
    _TestPoolWorkerLifetime: `pool_worker_lifetime pool_worker_lifetime_early_close pool_maxtasksperchild_invalid
      worker_finalization_via_atexit_handler_of_multiprocessing`,
    TestPoolNotLeakOnFailure: 'release_unused_processes',
    TestInitializers: 'manager_initializer pool_initializer',
  },
  'Managers and proxies': {
    _TestContainers:
      'list list_iter list_proxy_in_list dict dict_iter dict_proxy_nested nested_queue namespace',
    _TestMyManager: 'mymanager mymanager_context mymanager_context_prestarted',
    _TestRemoteManager: 'remote',
    _TestManagerRestart: 'rapid_restart',
    TestSyncManagerTypes: `event lock rlock semaphore bounded_semaphore condition barrier pool queue joinable_queue list dict
      value array namespace`,
  },
  'Connections, listeners, wait': {
    _TestConnection: 'connection duplex_false spawn_close sendbytes context',
    _TestListener: 'multiple_bind context abstract_socket',
    _TestListenerClient: 'listener_client issue14725 issue16955',
    _TestPoll: 'empty_string strings boundaries dont_merge',
    _TestPicklingConnections: 'pickling',
    _TestPollEintr: 'poll_eintr',
    TestWait: 'wait wait_socket wait_slow wait_socket_slow wait_timeout neg_timeout',
    TestInvalidFamily: 'invalid_family',
    OtherTest: 'deliver_challenge_auth_failure answer_challenge_auth_failure',
    TestTimeouts: 'timeout',
  },
  'Start methods, contexts, housekeeping': {
    TestStartMethod: `context context_check_module_types set_get get_all preload_resources mixed_startmethod
      nested_startmethod`,
    TestNoForkBomb: 'noforkbomb',
    TestCloseFds: 'closefd',
    TestFlags: 'flags',
    TestStdinBadfiledescriptor: 'queue_in_process pool_in_process',
    _TestFinalize: 'finalize',
    _TestImportStar: 'import',
    _TestLogging: 'enable_logging level',
    MiscTestCase: '_all__',
  },
};

/** `_TestLock.test_lock` and so on, in the order above. */
export function testsOf(area: string): string[] {
  return Object.entries(areas[area] ?? {}).flatMap(([group, names]) =>
    names.split(/\s+/).map((name) => `${group}.test_${name}`),
  );
}

export const everyTest: readonly string[] = Object.keys(areas).flatMap(testsOf);
