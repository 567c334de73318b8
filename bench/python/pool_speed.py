# Maps a function over numbers with Python's Pool and prints how many items a second. Arguments: which, items, processes.
import multiprocessing
import sys
import time


def tiny(x):
    return x * 2


def heavy(x):
    total = 0
    for i in range(200_000):
        total += i ^ x
    return total


def main():
    which, count, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with multiprocessing.Pool(processes) as pool:
        pool.map(tiny, range(100))
        began = time.perf_counter()
        if which == "apply":
            for i in range(count):
                pool.apply(tiny, (i,))
        else:
            pool.map(tiny if which == "map" else heavy, range(count))
        print(count / (time.perf_counter() - began))


main()
