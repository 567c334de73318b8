# Many cells and many lines through nbclient: nothing may be lost or out of order, and the kernel's processes may not grow.
# Arguments: how many cells, how many lines in all.
import sys
import time
from pathlib import Path

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

CELLS, LINES = int(sys.argv[1]), int(sys.argv[2])
EACH = LINES // CELLS
DISPLAY_BYTES = 50_000_000


def main():
    cells = [new_code_cell("let line = 0;")]
    cells += [new_code_cell(f"for (let i = 0; i < {EACH}; i++) console.log(line++);") for _ in range(CELLS)]
    cells += [
        new_code_cell(
            "display({ [Symbol.for('Jupyter.display')]: () => "
            f"({{ 'text/html': 'x'.repeat({DISPLAY_BYTES}), 'text/plain': 'large' }}) }})"
        )
    ]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "parlab", "display_name": "", "language": ""}})
    client = NotebookClient(notebook, timeout=600, kernel_name="parlab", store_widget_state=False)
    sizes = []

    def measure(cell, cell_index, **_):
        # When everything is warm, and at the end.
        if cell_index in (CELLS // 5, CELLS):
            sizes.append(memory_of_family(client.km.provisioner.pid))

    client.on_cell_executed = measure
    began = time.monotonic()
    client.execute()
    seconds = time.monotonic() - began
    printed = "".join(
        output["text"] for cell in notebook.cells for output in cell.outputs if output["output_type"] == "stream"
    )
    expected = "".join(f"{n}\n" for n in range(EACH * CELLS))
    assert printed == expected, f"{len(printed)} characters came of {len(expected)}"
    large = notebook.cells[-1].outputs[0]["data"]["text/html"]
    assert len(large) == DISPLAY_BYTES, f"{len(large)} bytes of the large display came"
    growth = (sizes[1] - sizes[0]) / 2**20
    assert growth < 100, f"the kernel's processes grew by {growth:.0f} MiB"
    print(f"{CELLS} cells, {EACH * CELLS} lines, one display of 50 MB: all there in {seconds:.0f} s, growth {growth:.0f} MiB")


def memory_of_family(root):
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])

    def belongs(pid):
        while pid > 1:
            if pid == root:
                return True
            pid = parents.get(pid, 0)
        return False

    total = 0
    for pid in parents:
        if belongs(pid):
            try:
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
                program = Path(f"/proc/{pid}/cmdline").read_text()
            except OSError:
                continue
            # Makes the compiler's image, once for each installation, and ends.
            if "--build-snapshot" in program:
                continue
            total += next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
    return total


main()
