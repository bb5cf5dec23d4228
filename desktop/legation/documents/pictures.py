"""Pictures of a few shapes, in points, before they have a format; SVG is made here, PDF and DOCX draw the same shapes.

Colours are named by what they mean ("ink"), so that a page in the dark can have others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as marked
from typing import Literal

from legation.documents.letters import printable

Anchor = Literal["start", "middle", "end"]

# ink: (in the light, in the dark); levels after the palette of Okabe and Ito (2008), which colour-blind tell apart
INKS: dict[str, tuple[str, str]] = {
    "text": ("#1f2328", "#e6e6e6"),
    "quiet": ("#57606a", "#a0a8b0"),
    "line": ("#c8ccd0", "#50565c"),
    "paper": ("#ffffff", "#1e1f22"),
    "accent": ("#1f5fa8", "#7ab0ee"),
    "level1": ("#8c2d04", "#f0a070"),
    "level2": ("#d55e00", "#e8843c"),
    "level3": ("#0072b2", "#56a4dc"),
    "level4": ("#009e73", "#3cc8a0"),
    "level5": ("#3291c8", "#8cd0f4"),
    "level6": ("#cc79a7", "#e0a0c4"),
    "level7": ("#a08a00", "#d8c850"),
    "level8": ("#7a7f85", "#8a9096"),
    "heat1": ("#e3edf8", "#22303e"),
    "heat2": ("#b7d0ec", "#2c4a68"),
    "heat3": ("#7fabd8", "#336391"),
    "heat4": ("#3b75b2", "#5c94cc"),
    "heat5": ("#1f5a9c", "#9cc4ee"),
    "on-dark": ("#ffffff", "#101418"),
}


@dataclass(frozen=True)
class Box:
    """A filled rectangle; `words` say what it stands for."""

    x: float
    y: float
    width: float
    height: float
    ink: str
    words: str = ""


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str = "line"


@dataclass(frozen=True)
class Dot:
    """A filled circle about a point."""

    x: float
    y: float
    radius: float
    ink: str
    words: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text; (x, y) is where its base line starts, has its middle or ends. `turned` reads upwards."""

    x: float
    y: float
    text: str
    size: float = 8
    anchor: Anchor = "start"
    ink: str = "text"
    turned: bool = False


Shape = Box | Stroke | Dot | Words


@dataclass(frozen=True)
class Picture:
    """Shapes on a surface of `width` by `height` points; `description` tells what is to be seen, for who cannot."""

    title: str
    description: str
    width: float
    height: float
    shapes: Sequence[Shape]


def to_svg(picture: Picture, *, style: str = "") -> str:
    """The picture as an SVG element whose inks are classes (`ink-accent`), so that the page gives the colours.

    `style` is a style sheet for a picture that stands alone; see `inks_of`.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_n(picture.width)} {_n(picture.height)}" '
        f'width="{_n(picture.width)}pt" height="{_n(picture.height)}pt" aria-label="{_shown(picture.description)}">'
        f"<title>{_shown(picture.title)}</title>"
    ]
    parts += [f"<style>{style}</style>"] if style else []
    parts += [_shape(each) for each in picture.shapes]
    return "".join([*parts, "</svg>"])


def inks_of(*, is_dark: bool) -> str:
    """The style sheet that gives the inks of a picture their colours."""
    return "".join(
        f".ink-{name}{{fill:{inks[is_dark]}}}.stroke-{name}{{stroke:{inks[is_dark]}}}" for name, inks in INKS.items()
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Stroke):
        return (
            f'<line class="stroke-{shape.ink}" x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" '
            f'x2="{_n(shape.x2)}" y2="{_n(shape.y2)}"/>'
        )
    if isinstance(shape, Words):
        turned = f' transform="rotate(-90 {_n(shape.x)} {_n(shape.y)})"' if shape.turned else ""
        return (
            f'<text class="ink-{shape.ink}" x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" '
            f'text-anchor="{shape.anchor}"{turned}>{_shown(shape.text)}</text>'
        )
    told = f"<title>{_shown(shape.words)}</title>" if shape.words else ""
    if isinstance(shape, Dot):
        return (
            f'<circle class="ink-{shape.ink}" cx="{_n(shape.x)}" cy="{_n(shape.y)}" '
            f'r="{_n(shape.radius)}">{told}</circle>'
        )
    return (
        f'<rect class="ink-{shape.ink}" x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" '
        f'height="{_n(shape.height)}">{told}</rect>'
    )


def _shown(words: str) -> str:
    return marked(printable(words))


def _n(number: float) -> str:
    """A number with at most two decimals and no more figures than it needs."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
