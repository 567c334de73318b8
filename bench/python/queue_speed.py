# The twin of queue.ts: prints how many messages a second go through a multiprocessing.Queue.
import multiprocessing
import sys
import time

MESSAGES = {
    "number": 7,
    "object": {"id": 1, "name": "abc", "ok": True},
    "nested object": {"id": 12345, "name": "task number 5", "args": [1, 2, 3], "nested": {"a": 1.5, "b": None}},
    "1 MiB": bytes(2**20),
    "1 MiB, at most 8": bytes(2**20),
}


def produce(queue, value, times):
    for _ in range(times):
        queue.put(value)


if __name__ == "__main__":
    name, times, maxsize = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    queue = multiprocessing.Queue(maxsize)
    producer = multiprocessing.Process(target=produce, args=(queue, MESSAGES[name], times))
    producer.start()
    queue.get()
    began = time.perf_counter()
    for _ in range(times - 1):
        queue.get()
    print((times - 1) / (time.perf_counter() - began))
    producer.join()
