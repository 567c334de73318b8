# Prints how many tasks a second Python's Pool runs. Arguments: map, apply or heavy; tasks; processes.
import multiprocessing
import sys
import time


def tiny(x):
    return x * 2


def heavy(x):
    total = 0
    # A fiftieth of what the others do, or it would take minutes; `main` counts it so.
    for i in range(100_000):
        total += i ^ x
    return total


def main():
    which, count, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with multiprocessing.Pool(processes) as pool:
        pool.map(tiny, range(100))
        began = time.perf_counter()
        runs = 0
        while runs == 0 or time.perf_counter() - began < 0.2:
            if which == "apply":
                for i in range(count):
                    pool.apply(tiny, (i,))
            else:
                pool.map(tiny if which == "map" else heavy, range(count))
            runs += 1
        print(runs * count / (time.perf_counter() - began))


main()
