"""Which country a printed name means: by code, name, another name or an earlier one, in the year it was printed for.

One name may mean two states in different years: the state that ended has it in its own years, today's state in all
others. Everything is read once, so that a file of many thousand rows asks the workspace one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from legation.fields.folding import fold
from legation.records.catalogue import table_named
from legation.storage.reading import Reader

# of the Unicode CLDR, as Babel brings it
LANGUAGES = ("fr", "de", "es", "it", "pt", "nl", "sv", "pl", "cs", "tr", "ru", "uk", "kk", "uz", "az", "tk", "ar", "fa",
             "id", "ja", "ko", "zh")  # fmt: skip
_EVERYDAY = {"Белоруссия": "BLR", "Молдавия": "MDA", "Туркмения": "TKM", "Киргизия": "KGZ", "Великобритания": "GBR",
             "Англия": "GBR", "Англія": "GBR", "England": "GBR", "Holland": "NLD", "Hollande": "NLD", "Holanda": "NLD",
             "Weißrussland": "BLR", "Tschechien": "CZE", "Biélorussie": "BLR", "Bielorrusia": "BLR",
             "Соединённые Штаты Америки": "USA", "США": "USA", "ОАЭ": "ARE", "КНР": "CHN", "КНДР": "PRK",
             "ФРГ": "DEU", "ЮАР": "ZAF", "英国": "GBR", "米国": "USA", "韓国": "KOR", "北朝鮮": "PRK",
             "États-Unis d'Amérique": "USA", "Estados Unidos de América": "USA", "EE. UU.": "USA"}  # fmt: skip
_BRACKETS = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_OF_THE = re.compile(r"^(?:the )?(?:republic|kingdom|state|commonwealth|principality|sultanate) of (?:the )?")
_SHORT = {"st": "saint", "rep": "republic", "fed": "federal", "dem": "democratic", "is": "islands"}


@dataclass(frozen=True)
class State:
    """A country as far as its names go: code, name, demonym, first and last year it existed (0 and 9999 if open)."""

    code: str
    name: str
    demonym: str = ""
    first: int = 0
    last: int = 9999

    @property
    def has_ended(self) -> bool:
        """Whether it exists no more."""
        return self.last != 9999


class CountryNames:
    """Every name of every country."""

    def __init__(self, reader: Reader) -> None:
        country, alias = table_named("country"), table_named("alias")
        c = country.c
        columns = (c.code, c.name, c.official_name, c.demonym, c.iso2, c.m49, c.valid_from, c.valid_to)
        self.states: dict[str, State] = {}
        self._by_iso2: dict[str, str] = {}
        self._codes: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        for code, name, official, demonym, iso2, m49, first, last in reader.rows(select(*columns)):
            self.states[code] = State(code, name, demonym or "", int(first or 0), int(last or 9999))
            self._note(code, name, official or "")
            if iso2:
                self._by_iso2[iso2] = code
            for each in (code, iso2, m49, str(int(m49)) if m49 else None):
                if each:
                    self._codes.setdefault(fold(each), []).append(code)
        for code, name in reader.rows(select(alias.c.country, alias.c.name).where(alias.c.country.is_not(None))):
            self._note(code, name)
        self.demonyms = {fold(each.demonym): each.code for each in self.states.values() if each.demonym}
        self._found: dict[tuple[str, int | None], str | None] = {}
        self._foreign: dict[str, str] = {}

    def add(self, code: str, name: str, official: str | None = None, demonym: str | None = None) -> None:
        """Make a country known that is not in the workspace yet."""
        self.states[code] = State(code, name, demonym or "")
        self._note(code, name, official or "")
        self._codes.setdefault(fold(code), []).append(code)
        self._found.clear()

    def _note(self, code: str, *names: str) -> None:
        for name in names:
            for key in _keys(name):
                known = self._names.setdefault(key, [])
                if code not in known:
                    known.append(code)

    def code_of(self, printed: str, year: int | None = None) -> str | None:
        """The code of the country that a cell names, for something that happened in a year; None when unknown."""
        asked = (printed, year)
        if asked not in self._found:
            self._found[asked] = next((code for each in _readings(printed) if (code := self._code(each, year))), None)
        return self._found[asked]

    def in_any_language(self, printed: str, year: int | None = None) -> str | None:
        """The code of the country that a cell names in English or another language; None when unknown."""
        code = self.code_of(printed, year)
        if code is None and printed:
            if not self._foreign:
                self._learn_languages()
            code = next((self._foreign[key] for key in _keys(printed) if key in self._foreign), None)
            if code is not None:
                self._found[printed, year] = code
        return code

    def _learn_languages(self) -> None:
        """Learn the names of countries in other languages; takes a fifth of a second, so only when one is met."""
        from babel import Locale

        for name, code in _EVERYDAY.items():
            if code in self.states:
                self._foreign.update(dict.fromkeys(_keys(name), code))
        for language in LANGUAGES:
            for iso2, name in Locale.parse(language).territories.items():
                if iso2 in self._by_iso2:
                    for key in _keys(str(name)):
                        self._foreign.setdefault(key, self._by_iso2[iso2])

    def _code(self, printed: str, year: int | None) -> str | None:
        keys = list(_keys(printed))
        for names in (self._codes, self._names):
            for key in keys:
                if key in names:
                    return self._in_its_years(names[key], year)
        return None

    def _in_its_years(self, codes: list[str], year: int | None) -> str:
        states = [self.states[code] for code in codes]
        if year is not None:
            then = [each for each in states if each.has_ended and each.first <= year <= each.last]
            if then:
                return max(then, key=lambda each: each.first).code
        return next((each.code for each in states if not each.has_ended), states[0].code)

    def words(self) -> dict[str, str]:
        """Codes by folded name, as the grammar of printed persons takes them."""
        found = {key: self._in_its_years(codes, None) for key, codes in self._names.items()}
        return {**{key: codes[0] for key, codes in self._codes.items() if not key.isdecimal()}, **found}

    def name(self, code: str) -> str:
        """The name of a country; its code when it is not there."""
        return self.states[code].name if code in self.states else code

    def in_text(self, text: str) -> str | None:
        """The one country that running text names by name or adjective; None for none or for several."""
        folded = f" {fold(text.replace('U.S.', 'US'))} "
        found = {code for key, code in self.demonyms.items() if f" {key} " in folded}
        found |= {
            self._in_its_years(codes, None)
            for key, codes in self._names.items()
            if len(key) > 3 and f" {key} " in folded
        }
        if " us " in folded:
            found.add("USA")
        return found.pop() if len(found) == 1 else None


def _readings(printed: str) -> Iterator[str]:
    """A printed name, then what stands before brackets, then what stands in them, then the parts of a compound."""
    printed = printed.strip(" *†‡")
    yield printed
    if match := _BRACKETS.match(printed):
        if fold(match[2]).endswith((" of", " of the")):  # Korea (the Democratic People's Republic of)
            yield f"{match[2]} {match[1]}"
        yield match[1]
        yield match[2]
    if "/" in printed:
        yield from (each for each in printed.split("/") if len(each.strip()) > 3 and not re.search(r"\d", printed))


def _keys(name: str) -> Iterator[str]:
    """The folded name and its usual variants."""
    folded = fold(name.replace("&", " and "))
    if not folded:
        return
    yield folded
    words = [_SHORT.get(word, word) for word in folded.split()]
    expanded = " ".join(words)
    if expanded != folded:
        yield expanded
    bare = expanded.removeprefix("the ")
    if bare != folded:
        yield bare
    short = _OF_THE.sub("", bare)
    if short != bare and short:
        yield short
    if "," in name:  # Macedonia, Former Yugoslav Republic of
        last, _comma, first = name.partition(",")
        yield fold(f"{first} {last}")
