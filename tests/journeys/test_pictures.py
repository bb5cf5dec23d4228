"""The pictures for people to look at can be taken, and each shows something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from legation.ui.pages.catalogue import PAGES

SCRIPT = Path(__file__).with_name("pictures.py")
FEWEST_COLOURS = 8  # a window without anything in it has fewer


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1, 2])
def test_every_page_form_and_dialog_is_pictured(tmp_path: Path, scale: int) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path), "--scale", str(scale)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    pictures = {path.stem: QImage(str(path)) for path in tmp_path.glob("*.png")}
    for page in PAGES:
        for look in ("light", "dark"):
            assert pictures[f"page-{page.name}-{look}"].width() == 1280 * scale
    for name, image in pictures.items():
        small = image.scaled(200, 200)
        colours = {small.pixel(x, y) for x in range(200) for y in range(0, 200, 5)}
        assert len(colours) > FEWEST_COLOURS, name
