"""Places known from events and as capitals, by the letters they begin with, and the country each lies in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from legation.fields.folding import fold
from legation.records.catalogue import record_type, table_named
from legation.storage.labels import labels
from legation.storage.reading import Reader

FEWEST_LETTERS = 2
MOST = 8
MOST_CITIES = 2000  # looked at for one beginning


@dataclass(frozen=True)
class Place:
    """A city or town, the code of the country it lies in where that is known, and the country's name."""

    name: str
    country: str | None
    country_name: str = ""


def places(reader: Reader, typed: str) -> list[Place]:
    """The places that begin so, those with most events first, capitals without events after them."""
    letters = " ".join(typed.split())
    wanted = fold(letters)
    if len(wanted) < FEWEST_LETTERS:
        return []
    event, country = table_named("event"), table_named("country")
    beginnings = {letters, letters.capitalize(), letters.title(), letters.upper()}
    ranges = [(event.c.city >= each) & (event.c.city < each + "\U0010ffff") for each in beginnings]
    some = select(event.c.city, event.c.country).where(or_(*ranges)).limit(MOST_CITIES).subquery()
    often = func.count()
    used = reader.rows(select(some.c.city, some.c.country).group_by(some.c.city, some.c.country).order_by(often.desc()))
    capitals = reader.rows(select(country.c.capital, country.c.code).where(country.c.capital.is_not(None)))
    found = [(name, code) for name, code in used if fold(name).startswith(wanted)]
    found += sorted((name, code) for name, code in capitals if fold(name).startswith(wanted))
    chosen = list(dict.fromkeys(found))[:MOST]
    names = labels(reader, record_type("country"), [code for _name, code in chosen])
    return [Place(name, code, names.get(code, "")) for name, code in chosen]
