"""Start Legation: `python3 desktop/run.py [ARGS]`. Sets itself up the first time; standard library only."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import environment


def main():
    """Make the environment ready and start `legation` in it with the arguments given."""
    try:
        python = environment.prepare()
    except environment.SetUpProblem as problem:
        environment.say(str(problem))
        sys.exit(2)
    environment.hand_over([python, "-m", "legation"] + sys.argv[1:])


if __name__ == "__main__":
    main()
