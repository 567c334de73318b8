# Starts a Jupyter kernel, measures one thing over its sockets, ends it, and prints the number.
# Arguments: case, language (ts or py), then the kernel's command with {connection_file} in it.
import os
import statistics
import subprocess
import sys
import tempfile
import time

import psutil
import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

LONGEST_S = 15  # who has given no answer by then gives none
READING_S = 2  # before a student’s next cell
BLOCK_S = 0.7  # how long a loop runs before something is asked or it is interrupted

CODE = {
    "ts": {
        "declare": "interface Shape{i} {{ id: number; name?: string }}\n"
        "function area{i}(a: number, b: number): number {{ return a * b + {i}; }}\n"
        "class Box{i} implements Shape{i} {{ id = {i}; constructor(public side: number) {{}} }}\n"
        "const made{i} = area{i}({i}, 1);\nmade{i}",
        "lines": "for (let i = 0; i < 10000; i++) console.log('line ' + i);",
        "complete": "Math.ma",
        "loops": [
            "while (true) {}",
            "await new Promise(() => {})",
            "await null; while (true) {}",
            "while (true) await null",
            "while (true) console.log('again')",
        ],
    },
    "py": {
        "declare": "def area{i}(a, b):\n    return a * b + {i}\n"
        "class Box{i}:\n    def __init__(self, side):\n        self.side = side\n"
        "made{i} = area{i}({i}, 1)\nmade{i}",
        "lines": "for i in range(10000): print('line ' + str(i))",
        "complete": "math.sq",
    },
}


class Kernel:
    def __init__(self, command, packages=()):
        """`packages`: files and folders that lie in the folder in which it works."""
        self.folder = tempfile.TemporaryDirectory()
        for each in packages:
            os.symlink(each, os.path.join(self.folder.name, os.path.basename(each)))
        key = os.urandom(16).hex().encode()
        # With a key, as Jupyter does it: tslab takes no message that is not signed.
        file, info = write_connection_file(os.path.join(self.folder.name, "connection.json"), key=key)
        self.session = Session(key=key)
        self.context = zmq.Context()
        self.began = time.perf_counter()
        argv = [word.replace("{connection_file}", file) for word in command]
        quiet = subprocess.DEVNULL
        # In an empty folder: tslab would start the tslab of the project that it is run in.
        self.process = subprocess.Popen(
            argv, cwd=self.folder.name, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        self.poller = zmq.Poller()
        self.shell, self.control = (self.connect(zmq.DEALER, info[f"{name}_port"]) for name in ("shell", "control"))
        self.iopub = self.connect(zmq.SUB, info["iopub_port"])

    def connect(self, kind, port):
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.rcvhwm = socket.sndhwm = 0
        socket.setsockopt(zmq.RECONNECT_IVL, 5)  # else a start would be rounded up to 100 ms
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        socket.connect(f"tcp://127.0.0.1:{port}")
        self.poller.register(socket, zmq.POLLIN)
        return socket

    def send(self, kind, content, socket=None):
        return self.session.send(socket or self.shell, kind, content)["header"]["msg_id"]

    def until(self, request, what):
        """Everything that belongs to the request, until its reply or its idle."""
        seen = []
        deadline = time.perf_counter() + LONGEST_S
        while time.perf_counter() < deadline:
            for socket, _ in self.poller.poll(100):
                _, frames = self.session.feed_identities(socket.recv_multipart())
                message = self.session.deserialize(frames)
                if message["parent_header"].get("msg_id") != request:
                    continue
                seen.append(message)
                kind = message["header"]["msg_type"]
                is_idle = kind == "status" and message["content"]["execution_state"] == "idle"
                if is_idle if what == "idle" else kind.endswith("_reply"):
                    return seen
        raise NoAnswer

    def ask(self, kind, content, what="reply"):
        began = time.perf_counter()
        seen = self.until(self.send(kind, content), what)
        return (time.perf_counter() - began) * 1000, seen

    def run(self, code, what="idle"):
        return self.ask("execute_request", execution(code), what)

    def complete(self, code):
        return self.ask("complete_request", {"code": code, "cursor_pos": len(code)})[0]

    def memory_mib(self):
        """What it and its children hold, each shared page counted once."""
        root = psutil.Process(self.process.pid)
        return sum(each.memory_full_info().pss for each in [root, *root.children(recursive=True)]) / 2**20

    def end(self):
        for each in [*psutil.Process(self.process.pid).children(recursive=True), self.process]:
            try:
                each.kill()
            except psutil.NoSuchProcess:
                pass
        self.process.wait()
        self.context.destroy(linger=0)
        self.folder.cleanup()


class NoAnswer(Exception):
    pass


def execution(code):
    return {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}


def since(began):
    return (time.perf_counter() - began) * 1000


def lines(kernel, code):
    took, seen = kernel.run(code["lines"])
    text = "".join(each["content"]["text"] for each in seen if each["header"]["msg_type"] == "stream")
    if text.count("\n") != 10000:
        raise SystemExit(f"gap: {text.count(chr(10))} of 10,000 lines came before idle")
    return took


def declaring(kernel, code, count):
    return [kernel.run(code["declare"].format(i=i))[0] for i in range(1, count + 1)]


def growing(kernel, code):
    took = declaring(kernel, code, 300)
    return statistics.median(took[-5:]) / statistics.median(took[1:6])


def growing_memory(kernel, code):
    declaring(kernel, code, 5)
    before = kernel.memory_mib()
    declaring(kernel, code, 300)
    return kernel.memory_mib() - before


def completing(kernel, code):
    kernel.run("import math" if "math" in code["complete"] else "1+1")
    return statistics.median([kernel.complete(code["complete"]) for _ in range(25)][5:])


def completing_meanwhile(kernel, code):
    kernel.complete(code["complete"])
    kernel.send("execute_request", execution(code["loops"][0]))
    time.sleep(BLOCK_S)
    return statistics.median([kernel.complete(code["complete"]) for _ in range(5)])


def interrupting(kernel, code):
    worst = 0
    for loop in code["loops"]:
        cell = kernel.send("execute_request", execution(loop))
        time.sleep(BLOCK_S)
        began = time.perf_counter()
        kernel.send("interrupt_request", {}, kernel.control)
        kernel.until(cell, "idle")
        worst = max(worst, since(began))
        kernel.run("1+1")
    return worst


def idling(kernel, _code):
    time.sleep(3)
    return kernel.memory_mib()


WARM_CASES = {
    "1+1": lambda kernel, _code: statistics.median([kernel.run("1+1")[0] for _ in range(30)][5:]),
    "declare": lambda kernel, code: statistics.median(declaring(kernel, code, 12)[2:]),
    "grow": growing,
    "grow-memory": growing_memory,
    "lines": lines,
    "complete": completing,
    "complete-meanwhile": completing_meanwhile,
    "interrupt": interrupting,
    "idle-memory": idling,
}

if __name__ == "__main__":
    case, language, *command = sys.argv[1:]
    kernel = Kernel(command)
    try:
        kernel.ask("kernel_info_request", {})
        figure = since(kernel.began)
        if case != "start":
            kernel.run("1+1", "reply")
            figure = since(kernel.began)
        if case in WARM_CASES:
            kernel.run("1+1")
            time.sleep(READING_S)
            figure = WARM_CASES[case](kernel, CODE[language])
        print(figure)
    except NoAnswer:
        raise SystemExit(f"gap: no answer in {LONGEST_S} s")
    finally:
        kernel.end()
