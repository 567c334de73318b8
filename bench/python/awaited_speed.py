# Prints lock pairs or messages a second. Arguments: lock or the kind of message; how many.
import multiprocessing
import sys
import time

MESSAGES = {
    "short text": "a short text",
    "nested object": {"id": 12345, "name": "task number 5", "args": [1, 2, 3], "nested": {"a": 1.5, "b": None}},
    "64 KiB": bytes(2**16),
}


def produce(queue, value, count):
    for _ in range(count):
        queue.put(value)


def messages(value, count):
    queue = multiprocessing.Queue()
    producer = multiprocessing.Process(target=produce, args=(queue, value, count))
    producer.start()
    queue.get()
    began = time.perf_counter()
    for _ in range(count - 1):
        queue.get()
    took = time.perf_counter() - began
    producer.join()
    return (count - 1) / took


def pairs(count):
    lock = multiprocessing.Lock()
    began = time.perf_counter()
    for _ in range(count):
        lock.acquire()
        lock.release()
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    what, count = sys.argv[1], int(sys.argv[2])
    print(pairs(count) if what == "lock" else messages(MESSAGES[what], count))
