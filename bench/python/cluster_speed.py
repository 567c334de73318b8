# The twins of cluster.ts: print one figure of ipyparallel, of Ray's Pool, or of Ray's tasks. Arguments: who, what, --quick.
import os
import signal
import statistics
import sys
import threading
import time

WHO, WHAT = sys.argv[1:3]
QUICK = "--quick" in sys.argv
SLOTS = 2


def times(count):
    return -(-count // 10) if QUICK else count


def gap(text):
    print(f"gap: {text}", file=sys.stderr)
    sys.exit(1)


def milliseconds(body):
    began = time.perf_counter()
    body()
    return (time.perf_counter() - began) * 1000


def median(count, body):
    return statistics.median(milliseconds(body) for _ in range(count))


def tiny(n):
    return n + 1


def heavy(n):
    import time

    began = time.perf_counter()
    x = 0
    for i in range(200_000):
        x = (x * 31 + i + n) & 0xFFFFFFFF
    return (time.perf_counter() - began) * 1000


def large(n):
    return bytes([n]) * 2**20


def long(n):
    import time

    end = time.time() + 0.1
    while time.time() < end:
        pass
    return n * 2


def pid(_):
    import os
    import time

    time.sleep(0.05)
    return os.getpid()


def measure(run_map, run_map_one_each, run_call, workers):
    """`run_map`: as its users map over tiny things; `run_map_one_each`: one task at a time to who is free."""
    if WHAT == "tiny":
        items = range(times(10_000))
        for _ in range(3):
            run_map(tiny, items)
        return median(5, lambda: run_map(tiny, items))
    if WHAT == "heavy":
        run_map_one_each(heavy, range(4))
        began = time.perf_counter()
        own = run_map_one_each(heavy, range(times(64)))
        return (time.perf_counter() - began) * 1000 * SLOTS / sum(own)
    if WHAT == "call":
        for _ in range(20):
            run_call(tiny, 1)
        return median(times(200), lambda: run_call(tiny, 1))
    if WHAT == "large":
        for _ in range(3):
            run_map_one_each(large, range(32))
        return median(3, lambda: run_map_one_each(large, range(32)))
    if WHAT == "killed":
        victim = workers()[0]
        at = [0.0]

        def kill():
            at[0] = time.perf_counter()
            os.kill(victim, signal.SIGKILL)

        threading.Timer(0.9, kill).start()
        try:
            results = run_map_one_each(long, range(40))
        except Exception as error:
            gap(f"fails: {type(error).__name__}")
        if list(results) != [n * 2 for n in range(40)]:
            gap("a wrong result")
        return time.perf_counter() - at[0]
    raise ValueError(WHAT)


def ipyparallel():
    try:
        import ipyparallel as ipp
    except ImportError:
        gap("not installed")
    with ipp.Cluster(n=SLOTS, log_level=50) as clients:
        clients.wait_for_engines(SLOTS, timeout=60)
        direct, balanced = clients[:], clients.load_balanced_view()
        return measure(
            lambda function, items: direct.map_sync(function, items),
            lambda function, items: balanced.map_async(function, items, chunksize=1).get(timeout=90),
            lambda function, item: balanced.apply_sync(function, item),
            lambda: direct.apply_sync(pid, 0),
        )


def start_ray():
    try:
        os.environ["RAY_DEDUP_LOGS"] = "0"
        import ray
    except ImportError:
        gap("not installed")
    ray.init(
        num_cpus=SLOTS,
        _node_ip_address="127.0.0.1",
        include_dashboard=False,
        object_store_memory=300 * 2**20,
        logging_level="ERROR",
        log_to_driver=False,
    )
    return ray


def ray_pool():
    start_ray()
    from ray.util.multiprocessing import Pool

    pool = Pool(SLOTS)
    return measure(
        lambda function, items: pool.map(function, items),
        lambda function, items: pool.map_async(function, items, chunksize=1).get(timeout=90),
        lambda function, item: pool.apply(function, (item,)),
        lambda: sorted(set(pool.map(pid, range(8), chunksize=1))),
    )


def ray_tasks():
    ray = start_ray()

    def run(function, items):
        remote = ray.remote(function)
        return ray.get([remote.remote(item) for item in items], timeout=90)

    return measure(run, run, lambda function, item: run(function, [item]), lambda: list(set(run(pid, range(8)))))


WAYS = {"ipyparallel": ipyparallel, "Ray": ray_pool, "Ray tasks": ray_tasks}

if __name__ == "__main__":
    print(f"\n{WAYS[WHO]()}", flush=True)
    # Their own ends take seconds, and are not what is asked.
    sys.stdout.flush()
