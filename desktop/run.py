"""Start Legation: `python3 desktop/run.py [ARGS]`. Sets itself up the first time; standard library only."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import environment


def main():
    """Make the environment ready and start `legation` in it with the arguments given."""
    # -P: what lies in the current folder is not taken for the program's own modules
    environment.run("", ["-P", "-m", "legation"] + sys.argv[1:])


if __name__ == "__main__":
    main()
