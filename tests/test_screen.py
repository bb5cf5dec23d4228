"""Whether a window would open: asked without Qt, answered with a sentence."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from legation import screen
from legation.errors import ScreenMissing

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks screens and libraries")
COMMANDS = "new, info"


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def all_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system that has what Qt needs."""
    monkeypatch.setattr(screen, "_reason_without_plugin", lambda _platform: None)


def _sentence() -> str:
    with pytest.raises(ScreenMissing) as caught:
        screen.require_screen(lambda: COMMANDS)
    return str(caught.value)


def test_without_a_screen_the_sentence_names_what_works() -> None:
    assert _sentence() == "There is no screen to open the window on; these commands need none: new, info."


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "nonsense;offscreen", "offscreen:size=800x600"])
def test_platforms_without_a_screen_are_fine(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    screen.require_screen(lambda: COMMANDS)


def test_a_platform_that_qt_has_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonsense")
    assert "asks for nonsense" in _sentence()


@pytest.mark.usefixtures("all_libraries")
def test_a_screen_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":97")
    assert _sentence() == "The screen ':97' does not let this program in; these commands need none: new, info."


@pytest.mark.usefixtures("all_libraries")
def test_a_screen_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with _x_server_that_refuses() as display:
        monkeypatch.setenv("DISPLAY", display)
        assert f"{display!r} does not let this program in" in _sentence()


@contextmanager
def _x_server_that_refuses() -> Iterator[str]:
    """A listener that answers every X11 connection with "failed": byte 0, length of the reason, version 11.0."""
    listener = next(_listeners())

    def refuse() -> None:
        with suppress(OSError):
            while True:
                wire, _address = listener.accept()
                with wire:
                    wire.recv(4096)
                    wire.sendall(bytes([0, 4]) + (11).to_bytes(2, sys.byteorder) + bytes(2) + b"\x01\x00" + b"no!\n")

    thread = threading.Thread(target=refuse)
    thread.start()
    yield f"127.0.0.1:{listener.getsockname()[1] - 6000}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def _listeners() -> Iterator[socket.socket]:
    """Listeners on a free port above 6000, where X displays are."""
    for port in range(6100, 6300):
        listener = socket.socket()
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            listener.close()
            continue
        listener.listen()
        yield listener


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")
@pytest.mark.usefixtures("all_libraries")
def test_a_screen_that_answers_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    server = subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with server:
        assert server.stdout is not None
        monkeypatch.setenv("DISPLAY", ":" + server.stdout.readline().strip())
        screen.require_screen(lambda: COMMANDS)
        server.terminate()


@pytest.mark.usefixtures("all_libraries")
def test_wayland_is_asked_at_its_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert "'wayland-7' does not let" in _sentence()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "wayland-7"))
        listener.listen()
        screen.require_screen(lambda: COMMANDS)


def test_missing_libraries_come_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    real = screen._reason_not_loaded
    absent = ("libxcb-cursor.so.0", "libEGL.so.1")

    def without_some(library: str) -> str | None:
        return "not there" if library in absent or "plugins" in library else real(library)

    monkeypatch.setattr(screen, "_reason_not_loaded", without_some)
    assert "type: sudo apt-get install libegl1 " in _sentence()
    assert "libxcb-cursor0" in _sentence()


def test_qt_that_does_not_load_for_another_reason_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(screen, "missing_libraries", dict)
    monkeypatch.setattr(screen, "_reason_not_loaded", lambda _library: "version GLIBC_2.99 not found")
    assert _sentence() == "Qt does not load here: version GLIBC_2.99 not found"
