"""Test Legation: `python3 tests/run.py [PYTEST ARGS]`. Sets itself up the first time, needs no screen.

Without arguments all tests run, on two processes. Paths are meant from the current folder or from the project's.
Standard library only.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "desktop"))
import environment

ALL_TESTS = ["-n", "2", "-q"]
WITH_A_VALUE = ("-k", "-m", "-n", "-p", "-o", "-c", "-r", "-W")


def main():
    """Make the environment ready and run pytest in it, from the project's folder."""
    arguments = with_whole_paths(sys.argv[1:]) or ALL_TESTS
    os.chdir(ROOT)
    environment.run("test", ["-m", "pytest"] + arguments, {"QT_QPA_PLATFORM": "offscreen"})


def with_whole_paths(arguments):
    """The arguments, with the tests that are named from the current folder named by their whole paths."""
    whole = []
    previous = ""
    for argument in arguments:
        path, colons, test = argument.partition("::")
        if previous not in WITH_A_VALUE and not path.startswith("-") and os.path.exists(path):
            argument = os.path.abspath(path) + colons + test
        whole.append(argument)
        previous = argument
    return whole


if __name__ == "__main__":
    main()
