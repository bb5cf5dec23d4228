"""Setting up: the virtual environment, the project in it, and the system libraries that Qt needs.

Used by `desktop/run.py` and `tests/run.py`, before anything is installed: standard library only, and old Pythons must
be able to read it far enough to say that they are too old.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(ROOT, ".venv")
OLDEST = (3, 11)

# library: the Debian package that brings it
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.local/share/fonts"))
FONT_PACKAGE = "fonts-dejavu-core"


class SetUpProblem(Exception):
    """Something that a person must do first; its text says what."""


def require_python():
    """Raise SetUpProblem when this Python is too old."""
    if sys.version_info < OLDEST:
        wanted = ".".join(str(part) for part in OLDEST)
        raise SetUpProblem("Legation needs Python %s or later; this is %s." % (wanted, sys.version.split()[0]))


def python_inside():
    """The path of the Python in the virtual environment."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(ENVIRONMENT, folder, name)


def fingerprint(extra):
    """What the environment was made for: the project's settings, this Python, and the extra that was installed."""
    digest = hashlib.sha256()
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        digest.update(file.read())
    digest.update(repr((sys.version_info[:3], ROOT, extra)).encode("utf-8"))
    return digest.hexdigest()


def stamp_path(extra):
    """The file that says the environment is complete for an extra ("" or "test")."""
    return os.path.join(ENVIRONMENT, "complete-" + (extra or "run"))


def is_complete(extra):
    """Whether the environment is there, whole, and made for the project as it is now."""
    try:
        with open(stamp_path(extra), encoding="utf-8") as file:
            return file.read() == fingerprint(extra) and os.path.exists(python_inside())
    except OSError:
        return False


def prepare(extra=""):
    """Make the environment ready and give the path of its Python; quick when nothing is to do."""
    require_python()
    if not is_complete(extra):
        install(extra)
    return python_inside()


def install(extra):
    """Make the environment, install the project and what Qt needs, and write the stamp last."""
    say("Setting up Legation in %s. This is done once." % ENVIRONMENT)
    if sys.platform.startswith("linux"):
        provide_system_libraries()
    if not works(python_inside()):
        make_environment()
    wanted = ROOT + ("[%s]" % extra if extra else "")
    # with spaces in the path, a requirement with an extra must be given as one argument, which it is
    command = [python_inside(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", wanted]
    if subprocess.call(command, cwd=ROOT) != 0:
        raise SetUpProblem("Installing Legation did not work; what pip says stands above. Run this command again.")
    if extra and not is_complete(""):
        write_stamp("")
    write_stamp(extra)


def write_stamp(extra):
    """Note that the environment is complete for an extra."""
    with open(stamp_path(extra), "w", encoding="utf-8") as file:
        file.write(fingerprint(extra))


def works(python):
    """Whether a Python starts and has pip."""
    if not os.path.exists(python):
        return False
    return subprocess.call([python, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def make_environment():
    """Make the virtual environment anew."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    command = [sys.executable, "-m", "venv", ENVIRONMENT]
    if subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return
    version = "python%d.%d-venv" % sys.version_info[:2]
    if not install_packages([version]):
        raise SetUpProblem("This Python cannot make virtual environments. Type: sudo apt-get install " + version)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if subprocess.call(command) != 0:
        raise SetUpProblem("The virtual environment could not be made in %s." % ENVIRONMENT)


def missing_packages():
    """The Debian packages of the libraries that Qt needs and this system lacks."""
    missing = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    if not any(has_fonts(folder) for folder in FONT_FOLDERS):
        missing.append(FONT_PACKAGE)
    return missing


def loads(library):
    """Whether the system has a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts(folder):
    """Whether a folder holds a font."""
    for _place, _folders, files in os.walk(folder):
        if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in files):
            return True
    return False


def provide_system_libraries():
    """Install what Qt needs of the system where that is possible, otherwise say the one line to type."""
    missing = missing_packages()
    if not missing or install_packages(missing):
        return
    line = "sudo apt-get install " + " ".join(missing) if shutil.which("apt-get") else " ".join(missing)
    say("The window needs libraries of the system that are not here. Type: " + line)


def install_packages(packages):
    """Install Debian packages as root or with sudo that asks nothing; whether that worked."""
    if not shutil.which("apt-get"):
        return False
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root and not (shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0):
        return False
    prefix = [] if root else ["sudo", "-n"]
    settings = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    say("Installing for Qt: " + " ".join(packages))
    install_command = prefix + ["apt-get", "install", "-y", "-q", "--no-install-recommends"] + packages
    if subprocess.call(install_command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return True
    subprocess.call(prefix + ["apt-get", "update", "-q"], env=settings, stdout=subprocess.DEVNULL)
    return subprocess.call(install_command, env=settings, stdout=subprocess.DEVNULL) == 0


def say(text):
    """Print a line for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def hand_over(arguments, settings=None):
    """Run the environment's Python in this program's place and end with its exit code."""
    environment = dict(os.environ, **(settings or {}))
    if os.name == "nt":
        sys.exit(subprocess.call(arguments, env=environment))
    os.execve(arguments[0], arguments, environment)
