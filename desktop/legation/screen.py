"""Whether a window can be shown here: is there a screen that answers, and are Qt's system libraries there?

Asked before Qt is touched, because Qt ends the process where one of them is missing. Standard library only, and Qt is
not imported: the set-up beside the package reads the table of libraries before anything is installed.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from legation.errors import ScreenMissing
from legation.i18n import _

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""A library of the system that Qt needs on Linux, and the Debian package that brings it."""


def missing_libraries() -> dict[str, str]:
    """The libraries of the table that this system lacks, with their packages."""
    return {library: package for library, package in QT_LIBRARIES.items() if _reason_not_loaded(library)}


def require_screen(commands: Callable[[], str]) -> None:
    """Raise ScreenMissing when a window would not open, with one sentence that says why and what works without one.

    `commands` gives the commands that need no window, ready to be shown; it is asked only then. Only Linux is asked.
    """
    if not sys.platform.startswith("linux"):
        return
    platforms = _platforms()
    if not platforms:
        raise ScreenMissing(
            _("There is no screen to open the window on; these commands need none: {commands}.").format(
                commands=commands()
            )
        )
    obstacles = [_obstacle(each, commands) for each in platforms]
    if all(obstacles):  # Qt takes the first that works
        raise ScreenMissing(str(obstacles[0]))


def _platforms() -> list[str]:
    """The ways to show a window that Qt would try: "xcb" is X11."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if wanted:
        return [each.partition(":")[0] for each in wanted.split(";")]
    screens = {"wayland": os.environ.get("WAYLAND_DISPLAY"), "xcb": os.environ.get("DISPLAY")}
    return [platform for platform, screen in screens.items() if screen]


def _obstacle(platform: str, commands: Callable[[], str]) -> str | None:
    """A sentence that says why Qt cannot show a window in one way, or None."""
    reason = _reason_without_plugin(platform)
    if reason:
        return reason
    if platform == "xcb" and not _x_answers():
        screen = os.environ.get("DISPLAY", "")
    elif platform.startswith("wayland") and not _wayland_answers():
        screen = os.environ.get("WAYLAND_DISPLAY", "")
    else:
        return None
    return _("The screen {name!r} does not let this program in; these commands need none: {commands}.").format(
        name=screen, commands=commands()
    )


def _reason_without_plugin(platform: str) -> str | None:
    """Why Qt's plugin for a platform does not load, or None; nothing is known of plugins that lie elsewhere."""
    specification = importlib.util.find_spec("PySide6")
    if specification is None or not specification.submodule_search_locations:
        return _("PySide6, which draws the window, is not installed.")
    folder = Path(specification.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms"
    elsewhere = os.environ.get("QT_PLUGIN_PATH") or os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    if elsewhere or not folder.is_dir():
        return None
    plugin = folder / f"libq{platform}.so"
    if not plugin.exists():
        return _("QT_QPA_PLATFORM asks for {platform}, which Qt does not have here.").format(platform=platform)
    reason = _reason_not_loaded(str(plugin))
    if reason is None:
        return None
    packages = " ".join(missing_libraries().values())
    if packages:
        return _(
            "The window needs libraries of the system that are not here; on Debian or Ubuntu, type: "
            "sudo apt-get install {packages}"
        ).format(packages=packages)
    return _("Qt does not load here: {reason}").format(reason=reason)


def _reason_not_loaded(library: str) -> str | None:
    """What the system says when it cannot load a library, or None when it can."""
    try:
        ctypes.CDLL(library)
    except OSError as problem:
        return str(problem)
    return None


def _x_answers() -> bool:
    """Whether the X server that DISPLAY names takes a connection, asked as Qt asks it, cookie and all."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def _wayland_answers() -> bool:
    """Whether the Wayland compositor takes a connection."""
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
            wire.settimeout(2)
            wire.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)))
    except OSError:
        return False
    return True
