# Runs a notebook of 200 cells with the types of ten large packages in a Jupyter kernel, and prints one number.
# Arguments: case, the folder with the packages, then the kernel's command with {connection_file} in it.
import os
import statistics
import sys
import time

from kernel_speed import LONGEST_S, READING_S, Kernel, NoAnswer

CELLS = 200
LAST = 40  # what a cell takes at the end is told by so many

IMPORTS = [
    "import * as d3 from 'd3';",
    "import express from 'express';",
    "import _ from 'lodash';",
    "import * as vega from 'vega';",
    "import { z } from 'zod';",
    "import * as rxjs from 'rxjs';",
    "import { addDays, format } from 'date-fns';",
    "import * as Immutable from 'immutable';",
    "import * as mathjs from 'mathjs';",
    "import * as YAML from 'yaml';",
]
# Each declares something, and uses one of the packages.
USES = [
    "interface Row{i} {{ id: number; value: number }}\n"
    "const rows{i}: Row{i}[] = d3.range({i} + 2).map((id) => ({{ id, value: id * 2 }}));\n"
    "d3.mean(rows{i}, (row) => row.value)",
    "const app{i} = express();\napp{i}.get('/{i}', (request, response) => {{ response.json(request.query); }});",
    "const groups{i} = _.groupBy(_.range({i} + 3), (n) => n % 2);\n_.mapValues(groups{i}, (group) => group.length)",
    "const scale{i} = vega.scale('linear')();\nscale{i}.domain([0, {i} + 1]).range([0, 100]);\nscale{i}(1)",
    "const schema{i} = z.object({{ id: z.number(), name: z.string().optional() }});\n"
    "type Known{i} = z.infer<typeof schema{i}>;\nconst known{i}: Known{i} = schema{i}.parse({{ id: {i} }});\nknown{i}.id",
    "const sums{i}: number[] = [];\nrxjs.from([1, 2, 3]).pipe(rxjs.map((n) => n * {i})).subscribe((n) => sums{i}.push(n));\nsums{i}",
    "function day{i}(after: number): string {{ return format(addDays(new Date(2026, 0, 1), after), 'yyyy-MM-dd'); }}\nday{i}({i})",
    "const list{i} = Immutable.List([1, 2, {i}]).map((n) => n + 1);\nlist{i}.size",
    "const value{i} = mathjs.matrix([[1, {i}], [0, 1]]);\nmathjs.det(value{i})",
    "class Settings{i} {{ constructor(readonly text: string) {{}} get(): unknown {{ return YAML.parse(this.text); }} }}\n"
    "new Settings{i}('a: {i}').get()",
]
COMPLETED = "d3.scale"


def cell(i):
    return IMPORTS[i] if i < len(IMPORTS) else USES[i % len(USES)].format(i=i)


def run_all(kernel):
    """The milliseconds of each cell."""
    took = []
    for i in range(CELLS):
        try:
            ms, seen = kernel.run(cell(i))
        except NoAnswer:
            raise SystemExit(f"gap: no answer to cell {i + 1} in {LONGEST_S} s")
        for each in seen:
            if each["header"]["msg_type"] == "error":
                fault = " ".join(each["content"]["evalue"].split()) or each["content"]["ename"]
                raise SystemExit(f"gap: cell {i + 1} fails: {fault[:80]}")
        took.append(ms)
    return took


def completing(kernel):
    run_all(kernel)
    return statistics.median([kernel.complete(COMPLETED) for _ in range(15)][5:])


def holding(kernel):
    run_all(kernel)
    time.sleep(3)
    return kernel.memory_mib()


CASES = {
    "cell": lambda kernel: statistics.median(run_all(kernel)[-LAST:]),
    "complete": completing,
    "memory": holding,
}

if __name__ == "__main__":
    case, packages, *command = sys.argv[1:]
    kernel = Kernel(command, [os.path.join(packages, name) for name in ("package.json", "node_modules")])
    try:
        kernel.ask("kernel_info_request", {})
        kernel.run("1+1", "reply")
        time.sleep(READING_S)
        print(CASES[case](kernel))
    finally:
        kernel.end()
