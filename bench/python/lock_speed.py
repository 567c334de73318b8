# Prints how many times a second multiprocessing.Lock is taken and released. Arguments: processes, pairs of each.
import multiprocessing
import sys
import time


def pairs(lock, times):
    for _ in range(times):
        lock.acquire()
        lock.release()


def contend(lock, gate, times, spans):
    gate.wait()
    began = time.perf_counter()
    pairs(lock, times)
    spans.put((began, time.perf_counter()))


def together(processes, times):
    lock = multiprocessing.Lock()
    gate = multiprocessing.Barrier(processes)
    spans = multiprocessing.Queue()
    args = (lock, gate, times, spans)
    children = [multiprocessing.Process(target=contend, args=args) for _ in range(processes)]
    for child in children:
        child.start()
    began, ended = zip(*(spans.get() for _ in children))
    for child in children:
        child.join()
    return processes * times / (max(ended) - min(began))


def alone(times):
    lock = multiprocessing.Lock()
    began = time.perf_counter()
    pairs(lock, times)
    return times / (time.perf_counter() - began)


if __name__ == "__main__":
    processes, times = int(sys.argv[1]), int(sys.argv[2])
    print(alone(times) if processes == 1 else together(processes, times))
