# Prints how many milliseconds 100 MiB of doubles take to a child and its answer back. Arguments: shared or copied, sends.
import array
import multiprocessing
import statistics
import sys
import time
from multiprocessing.shared_memory import SharedMemory

SIZE = 100 * 2**20


def answer(arrays, answers):
    while True:
        item = arrays.get()
        if item is None:
            return
        if isinstance(item, str):
            memory = SharedMemory(item)
            numbers = memory.buf.cast("d")
            answers.put(numbers[0] + numbers[-1])
            numbers.release()
            memory.close()
        else:
            answers.put(item[0] + item[-1])


def once(how, number, arrays, answers):
    if how == "copied":
        numbers = array.array("d", bytes(SIZE))
        numbers[0], numbers[-1] = number, 0.5
        began = time.perf_counter()
        arrays.put(numbers)
        assert answers.get() == number + 0.5
        return time.perf_counter() - began
    memory = SharedMemory(create=True, size=SIZE)
    numbers = memory.buf.cast("d")
    numbers[0], numbers[-1] = number, 0.5
    began = time.perf_counter()
    arrays.put(memory.name)
    assert answers.get() == number + 0.5
    took = time.perf_counter() - began
    numbers.release()
    memory.close()
    memory.unlink()
    return took


if __name__ == "__main__":
    how, sends = sys.argv[1], int(sys.argv[2])
    arrays, answers = multiprocessing.Queue(), multiprocessing.Queue()
    child = multiprocessing.Process(target=answer, args=(arrays, answers))
    child.start()
    print(statistics.median(once(how, i, arrays, answers) for i in range(sends)) * 1000)
    arrays.put(None)
    child.join()
