# Prints how many calls a second go through a proxy of a multiprocessing.Manager. Arguments: calls.
import multiprocessing
import sys
import time

if __name__ == "__main__":
    calls = int(sys.argv[1])
    with multiprocessing.Manager() as manager:
        numbers = manager.list([1, 2, 3])
        for _ in range(calls // 4):
            len(numbers)
        began = time.perf_counter()
        for _ in range(calls):
            len(numbers)
        print(calls / (time.perf_counter() - began))
