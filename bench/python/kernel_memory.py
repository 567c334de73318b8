# Opens so many notebooks, lets them rest, and prints what their kernels hold in MiB: all processes, each shared page once.
# Arguments: figure (total or table), how many, awake or asleep, then the kernel's command with {connection_file} in it.
import collections
import os
import re
import sys
import time

import psutil
from kernel_speed import Kernel

IDLE_S = 3  # until ParLab's falls asleep here
LONGEST_S = 240
QUIET_S = 5  # a compiler tidies up after three
NAMES = {
    "compiler": r"\.image |compiler-process/entry\.js",
    "session": r"^parlab session",
    "stock of warm children": r'"forks":',
    "guard": r"^/bin/sh ",
    "kernel": r" kernel ",
}


def family(kernels):
    for kernel in kernels:
        root = psutil.Process(kernel.process.pid)
        yield from [root, *root.children(recursive=True)]


def used_s(kernels):
    """Of processors, in all. What has ended meanwhile used nothing."""
    total = 0
    for each in family(kernels):
        try:
            total += sum(each.cpu_times()[:2])
        except psutil.NoSuchProcess:
            pass
    return total


def rest(kernels):
    """Until nothing of it works any more."""
    deadline = time.perf_counter() + LONGEST_S
    before = -1
    while time.perf_counter() < deadline:
        now = used_s(kernels)
        if abs(now - before) < 0.02 * len(kernels):
            return
        before = now
        time.sleep(QUIET_S)


def name_of(process):
    line = " ".join(process.cmdline())
    return next((name for name, pattern in NAMES.items() if re.search(pattern, line)), "other")


def table(kernels):
    held = collections.defaultdict(list)
    for each in family(kernels):
        held[name_of(each)].append(each.memory_full_info().pss / 2**20)
    rows = [f"{name:24}{len(all_mib):4}{sum(all_mib):9.1f} MiB" for name, all_mib in held.items()]
    return "\n".join([*rows, f"{'in all':28}{sum(map(sum, held.values())):9.1f} MiB"])


if __name__ == "__main__":
    figure, count, state, *command = sys.argv[1:]
    os.environ["PARLAB_COMPILER_IDLE"] = str(IDLE_S) if state == "asleep" else "0"
    kernels = []
    try:
        for _ in range(int(count)):
            kernels.append(Kernel(command))
            kernels[-1].ask("kernel_info_request", {})
            kernels[-1].run("1+1")
        rest(kernels)
        print(table(kernels) if figure == "table" else sum(kernel.memory_mib() for kernel in kernels))
    finally:
        for kernel in kernels:
            kernel.end()
