# The twin of lock.ts: prints how many times a second multiprocessing.Lock is taken and released.
import multiprocessing
import time

TIMES = 500_000
lock = multiprocessing.Lock()
began = time.perf_counter()
for _ in range(TIMES):
    lock.acquire()
    lock.release()
print(TIMES / (time.perf_counter() - began))
