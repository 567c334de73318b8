# Prints the median of milliseconds from start() to the end of join(). Arguments: start method, starts, pause in ms.
import multiprocessing
import statistics
import sys
import time


def nothing():
    pass


if __name__ == "__main__":
    method, starts, pause = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) / 1000
    context = multiprocessing.get_context(method)
    took = []
    for _ in range(starts):
        process = context.Process(target=nothing)
        time.sleep(pause)
        began = time.perf_counter()
        process.start()
        process.join()
        took.append((time.perf_counter() - began) * 1000)
        assert process.exitcode == 0
    print(statistics.median(took))
