"""Write all events of a workspace as CSV, as the command does, and print the megabytes that took at most.

python tests/speed/export.py FILE OUTPUT COLUMNS
"""

from __future__ import annotations

import resource
import sys


def main() -> int:
    """Write the file; the exit code of the command."""
    from legation.cli import run

    path, output, columns = sys.argv[1:]
    code = run(["list", path, "events", "--columns", columns, "--format", "csv", "-o", output])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(most / (1024 if sys.platform == "linux" else 1024 * 1024))
    return code


if __name__ == "__main__":
    sys.exit(main())
