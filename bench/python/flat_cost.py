# one-after-another N: prints milliseconds for each of N processes. at-once N METHOD: prints the MiB of each of N idle ones.
import multiprocessing
import re
import sys
import time


def nothing():
    pass


def idle(gate, end):
    gate.wait()
    end.wait()


def one_after_another(processes):
    for _ in range(processes):
        process = multiprocessing.Process(target=nothing)
        process.start()
        process.join()


def proportional_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return int(re.search(r"^Pss:\s+(\d+) kB", file.read(), re.M)[1]) / 1024


def at_once(processes, method):
    context = multiprocessing.get_context(method)
    gate, end = context.Barrier(processes + 1), context.Event()
    children = [context.Process(target=idle, args=(gate, end)) for _ in range(processes)]
    for child in children:
        child.start()
    gate.wait()
    mean = sum(proportional_mib(child.pid) for child in children) / processes
    end.set()
    for child in children:
        child.join()
    return mean


if __name__ == "__main__":
    if sys.argv[1] == "at-once":
        print(at_once(int(sys.argv[2]), sys.argv[3]))
    else:
        one_after_another(2)
        began = time.perf_counter()
        one_after_another(int(sys.argv[2]))
        print((time.perf_counter() - began) * 1000 / int(sys.argv[2]))
