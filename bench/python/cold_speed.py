# Prints pairs a second (lock), or milliseconds (map, whole). Arguments: which; how many; processes.
import multiprocessing
import sys
import time

from awaited_speed import pairs


def tiny(x):
    return x * 2


def busy(ms):
    end = time.perf_counter() + ms / 1000
    while time.perf_counter() < end:
        pass


def first_map(count, processes):
    with multiprocessing.Pool(processes) as pool:
        items = list(range(count))
        began = time.perf_counter()
        pool.map(tiny, items)
        return (time.perf_counter() - began) * 1000


def whole(count, processes):
    began = time.perf_counter()
    pool = multiprocessing.Pool(processes)
    pool.map(busy, [10] * count)
    pool.close()
    pool.join()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    which, count = sys.argv[1], int(sys.argv[2])
    if which == "lock":
        print(pairs(count))
    else:
        print((first_map if which == "map" else whole)(count, int(sys.argv[3])))
