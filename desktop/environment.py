"""Setting up: the virtual environment, the project in it, and the system libraries that Qt needs.

Used by `desktop/run.py` and `tests/run.py` before anything is installed: standard library only, and written so that an
old Python can read it far enough to say that it is too old. What is slow to import is imported where it is used, since
this runs at every start.
"""

import contextlib
import hashlib
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(ROOT, ".venv")
UNFINISHED = os.path.join(ENVIRONMENT, "unfinished")
OLDEST = (3, 11)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_PACKAGE = "fonts-dejavu-core"


class SetUpProblem(Exception):
    """Something that a person must do first; its text says what."""


def prepare(extra=""):
    """Make the environment ready and give the path of its Python; quick when nothing is to do.

    `extra` names the optional dependencies that are wanted too ("test"). Raises SetUpProblem.
    """
    require_python(sys.version_info)
    if is_complete(extra):
        return python_inside()
    try:
        with alone():
            if not is_complete(extra):  # another start may have made it meanwhile
                install(extra)
    except OSError as problem:
        raise SetUpProblem("Legation could not be set up in %s: %s." % (ENVIRONMENT, problem))
    return python_inside()


def require_python(version):
    """Raise SetUpProblem when a Python of this version is too old."""
    if tuple(version[:2]) < OLDEST:
        raise SetUpProblem("Legation needs Python %d.%d or later, and this is %d.%d." % (OLDEST + tuple(version[:2])))


def python_inside():
    """The path of the Python in the virtual environment."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(ENVIRONMENT, folder, name)


def fingerprint(extra):
    """What the environment was made for: the project's settings, this Python, this place and the extra."""
    digest = hashlib.sha256()
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        digest.update(file.read())
    digest.update(repr((tuple(sys.version_info[:3]), ROOT, extra)).encode("utf-8"))
    return digest.hexdigest()


def stamp_path(extra):
    """The file that says the environment is complete for an extra ("" or "test")."""
    return os.path.join(ENVIRONMENT, "complete-" + (extra or "run"))


def is_complete(extra):
    """Whether the environment is there, whole, and made for the project as it is now."""
    if os.path.exists(UNFINISHED) or not os.path.exists(python_inside()):
        return False
    try:
        with open(stamp_path(extra), encoding="utf-8") as file:
            return file.read() == fingerprint(extra)
    except OSError:
        return False


@contextlib.contextmanager
def alone():
    """Hold the lock that lets one start at a time set up; wait for it. The system drops it when a process ends."""
    import tempfile

    name = "legation-" + hashlib.sha256(ROOT.encode("utf-8", "surrogateescape")).hexdigest()[:16] + ".lock"
    with open(os.path.join(tempfile.gettempdir(), name), "a+") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(extra):
    """Make the environment, install the project and what Qt needs. An install that was interrupted begins anew."""
    say("Setting up Legation in %s. This is done once and may take some minutes." % ENVIRONMENT)
    if sys.platform.startswith("linux"):
        provide_system_libraries()
    if os.path.exists(UNFINISHED) or not works(python_inside()):
        make_environment()
    with open(UNFINISHED, "w", encoding="utf-8") as file:
        file.write("An install began and did not end.\n")
    project = ROOT + ("[%s]" % extra if extra else "")
    command = [python_inside(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", project]
    if call(command, cwd=ROOT) != 0:
        raise SetUpProblem("Installing Legation did not work; pip says why above. Then type this command again.")
    for each in {"", extra}:
        with open(stamp_path(each), "w", encoding="utf-8") as file:
            file.write(fingerprint(each))
    os.remove(UNFINISHED)


def works(python):
    """Whether a Python in an environment starts, is of this version and has pip."""
    question = "import pip, sys; sys.exit(sys.version_info[:2] != %r)" % (tuple(sys.version_info[:2]),)
    return os.path.exists(python) and call([python, "-c", question], quiet=True) == 0


def make_environment():
    """Make the virtual environment anew; on Debian with the package that its Python leaves out, where it may."""
    import shutil

    command = [sys.executable, "-m", "venv", ENVIRONMENT]
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if call(command, quiet=True) == 0:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    packages = ["python%d.%d-venv" % tuple(sys.version_info[:2])]
    if has_module("ensurepip") or not install_packages(packages):
        raise SetUpProblem(
            "This Python cannot make a virtual environment in %s. On Debian or Ubuntu, type: sudo apt-get install %s"
            % (ENVIRONMENT, " ".join(packages))
        )
    if call(command) != 0:
        raise SetUpProblem("Python could not make a virtual environment in %s." % ENVIRONMENT)


def has_module(name):
    """Whether this Python has a module."""
    import importlib.util

    return importlib.util.find_spec(name) is not None


def provide_system_libraries():
    """Install what Qt needs of the system where that may be done, and otherwise say the one line to type."""
    import shutil

    missing = missing_packages()
    if not missing or install_packages(missing):
        return
    if shutil.which("apt-get"):
        say("The window needs libraries of the system. Type: sudo apt-get install " + " ".join(missing))
    else:
        say("The window needs libraries of the system, which Debian calls: " + " ".join(missing))


def missing_packages():
    """The Debian packages of what Qt needs and this system lacks: libraries, and one font at least."""
    from legation.screen import missing_libraries

    packages = list(missing_libraries().values())
    if not any(has_fonts(os.path.expanduser(folder)) for folder in FONT_FOLDERS):
        packages.append(FONT_PACKAGE)
    return packages


def has_fonts(folder):
    """Whether a folder holds a font."""
    return any(
        name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb"))
        for _place, _folders, names in os.walk(folder)
        for name in names
    )


def install_packages(packages):
    """Install Debian packages, as root or with a sudo that asks nothing; whether that worked."""
    import shutil

    if not shutil.which("apt-get"):
        return False
    prefix = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if not shutil.which("sudo") or call(["sudo", "-n", "true"], quiet=True) != 0:
            return False
    say("Installing with apt-get: " + " ".join(packages))
    apt = prefix + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    command = apt + ["install", "--no-install-recommends"] + packages
    if call(command, quiet=True) == 0:
        return True
    call(apt + ["update"], quiet=True)  # a fresh machine has no lists of packages yet
    return call(command, quiet=True) == 0


def call(command, cwd=None, quiet=False):
    """Run a command and give its exit code; quietly, without what it says. 127 where there is no such command."""
    import subprocess

    silence = subprocess.DEVNULL if quiet else None
    try:
        # what a command says goes to the error stream: the other one belongs to Legation
        return subprocess.call(command, cwd=cwd, stdout=silence or sys.stderr, stderr=silence)
    except FileNotFoundError:
        return 127


def say(text):
    """Print a line for the person at the terminal."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def hand_over(command, settings=None):
    """Run a command in this program's place and end with its exit code; `settings` are added to its environment."""
    surroundings = dict(os.environ, **(settings or {}))
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.call(command, env=surroundings))
    os.execve(command[0], command, surroundings)


def run(extra, arguments, settings=None):
    """Set up, then hand over to the environment's Python with these arguments; what goes wrong is said, exit 2."""
    try:
        python = prepare(extra)
    except SetUpProblem as problem:
        say(str(problem))
        sys.exit(2)
    except KeyboardInterrupt:
        say("Stopped. Type this command again to set up.")
        sys.exit(130)
    hand_over([python] + arguments, settings)
