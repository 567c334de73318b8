# jupyter_kernel_test with every attribute set: each of its tests runs against our kernel, and none may be skipped.
import unittest

import jupyter_kernel_test


class ParLabTests(jupyter_kernel_test.KernelTests):
    kernel_name = "parlab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('a warning')"
    completion_samples = [
        {"text": "Math.ma", "matches": {"max"}},
        {"text": "'text'.toUp", "matches": {"toUpperCase"}},
    ]
    complete_code_samples = ["1", "const f = (n: number) => n", "for (const a of []) {}"]
    incomplete_code_samples = ["function f(", "if (true) {", "const a = ["]
    invalid_code_samples = ["const = 3", "let 4 = )", "import"]
    code_page_something = "Math.max?"
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2].map((n) => n + 1)", "result": "[ 2, 3 ]"},
        {"code": "'a' + 'b'", "result": "'ab'"},
    ]
    code_display_data = [
        {"code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>bold</b>' }) })", "mime": "text/html"},
        {"code": "display(1)", "mime": "text/plain"},
    ]
    code_history_pattern = "6 [*]*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"


if __name__ == "__main__":
    unittest.main(verbosity=2)
