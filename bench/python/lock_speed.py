# Prints how many times a second multiprocessing.Lock is taken and released. Arguments: processes, seconds.
import multiprocessing
import sys
import time

BATCH = 1000


def rate(lock, seconds):
    began = time.perf_counter()
    pairs = 0
    while True:
        for _ in range(BATCH):
            lock.acquire()
            lock.release()
        pairs += BATCH
        took = time.perf_counter() - began
        if took > seconds:
            return pairs / took


def contend(lock, gate, rates, seconds):
    gate.wait()
    rates.put(rate(lock, seconds))


def together(processes, seconds):
    lock = multiprocessing.Lock()
    gate = multiprocessing.Barrier(processes)
    rates = multiprocessing.Queue()
    args = (lock, gate, rates, seconds)
    children = [multiprocessing.Process(target=contend, args=args) for _ in range(processes)]
    for child in children:
        child.start()
    total = sum(rates.get() for _ in children)
    for child in children:
        child.join()
    return total


if __name__ == "__main__":
    processes, seconds = int(sys.argv[1]), float(sys.argv[2])
    print(rate(multiprocessing.Lock(), seconds) if processes == 1 else together(processes, seconds))
