"""Test Legation: `python3 tests/run.py [PYTEST ARGS]`. Sets itself up the first time, needs no screen."""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "desktop"))
import environment


def main():
    """Make the environment ready and run pytest in it; without arguments on two processes."""
    try:
        python = environment.prepare("test")
    except environment.SetUpProblem as problem:
        environment.say(str(problem))
        sys.exit(2)
    arguments = sys.argv[1:] or ["-n", "2", "-q"]
    os.chdir(ROOT)
    environment.hand_over([python, "-m", "pytest"] + arguments, {"QT_QPA_PLATFORM": "offscreen"})


if __name__ == "__main__":
    main()
