"""Which panes are shown and how wide they are; kept from one start to the next, the same for every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from legation import settings

_STATE = "panes"


@dataclass
class Panes:
    """Widths in pixels: of the list of pages and the page beside it, and of a page's table and its details."""

    has_pages: bool = True
    has_details: bool = True
    has_facets: bool = False
    window: list[int] = field(default_factory=lambda: [180, 1100])
    page: list[int] = field(default_factory=lambda: [680, 420])


def read_panes() -> Panes:
    """The panes as they were kept; what does not fit is as at first."""
    kept, panes = settings.read_state(_STATE), Panes()
    for name in ("has_pages", "has_details", "has_facets"):
        if isinstance(kept.get(name), bool):
            setattr(panes, name, kept[name])
    for name in ("window", "page"):
        sizes = kept.get(name)
        if isinstance(sizes, list) and len(sizes) == 2 and all(type(each) is int and each > 0 for each in sizes):
            setattr(panes, name, sizes)
    return panes


def write_panes(panes: Panes) -> None:
    """Keep the panes. Raises `UserError`."""
    settings.write_state(_STATE, asdict(panes))
