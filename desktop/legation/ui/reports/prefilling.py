"""Which report is likely wanted, and with what filled in, from what is chosen in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from legation.records.catalogue import record_type, table_named
from legation.reports.catalogue import REPORTS
from legation.storage.reading import Reader

if TYPE_CHECKING:
    from legation.ui.main_window import MainWindow
    from legation.ui.pages.record_page import RecordPage

# record type on screen: the reports about one of it, the best first, each with the option that takes it
ABOUT_ONE: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (("official-history", "person"),),
    "country": (("country-brief", "country"), ("bilateral-chronology", "country")),
    "event": (("evidence", "event"),),
    "topic": (("topic-profile", "where"), ("who-met-whom", "where")),
    "organisation": (("office-holders", "body"), ("meeting-log", "body")),
}
BY_PAGE = {"planned": "upcoming", "outcomes": "commitments", "meetings": "who-met-whom"}  # with their filter
FILTERED = "who-met-whom"  # for a filter of any other page of events


def prefill(window: MainWindow) -> None:
    """Show the Reports page; from a page of records with the report that its record or filter suggests."""
    page, workspace = window.record_page(), window.workspace
    if workspace is None:
        return
    codes = window.dyad_on_screen()
    if codes:
        one, _dash, other = codes.partition("-")
        window.show_report("bilateral-chronology", country=one, other=other)
        return
    if page is None:
        window.show_report()
        return
    typed = page.filter.line.text().strip()
    if typed and page.page.record == "event" and _has(name := BY_PAGE.get(page.page.name, FILTERED), "where"):
        window.show_report(name, where=typed)
        return
    name, option = _about_one(page)
    id = page.current_id()
    if not name or id is None:
        window.show_report(name or BY_PAGE.get(page.page.name, ""))
        return
    record = page.record.name

    def show(key: Any) -> None:
        filled = f"{record}:{key}" if option == "where" else key
        window.show_report(name, **({option: filled} if key is not None else {}))

    workspace.details.ask_too(lambda reader: key_of(reader, record, id), show, lasts=True, owner=page)


def _about_one(page: RecordPage) -> tuple[str, str]:
    """The report about the chosen record and the option that takes it; "" where there is none."""
    if page.page.name in BY_PAGE:
        return "", ""
    for name, option in ABOUT_ONE.get(page.record.name, ()):
        if _has(name, option):
            return name, option
    return "", ""


def _has(name: str, option: str) -> bool:
    return name in REPORTS and option in REPORTS[name].options.by_name


def key_of(reader: Reader, record: str, id: int) -> Any:
    """What a link to a record holds: its id, or its code."""
    kind = record_type(record)
    if kind.key == "id":
        return id
    table = table_named(record)
    return reader.value(select(table.c[kind.key]).where(table.c.id == id))
