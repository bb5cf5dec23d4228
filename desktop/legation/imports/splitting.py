"""One cell that holds more than one thing: title and name, two persons.

"Prime Minister Benjamin Netanyahu", "Ahmet Gurbanov, Deputy Minister", "King Abdullah and Crown Prince Hussein". What
cannot be told apart stays whole. Works on text alone; the words that name countries are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from legation.fields.folding import fold
from legation.fields.names import strip_honorifics
from legation.matching.east_asian_titles import taken_apart
from legation.matching.foreign_titles import title_words
from legation.matching.post_words import AREAS, BODIES, POSTS

_MORE_TITLES = frozenset({
    "shah", "amir", "emir", "emperor", "empress", "taoiseach", "tanaiste", "regent", "duke", "duchess", "grand",
    "junta", "sheikh", "sheik", "shaikh", "elect", "designate", "acting", "interim", "provisional", "leader", "crown",
    "princess", "general", "brigadier", "lieutenant", "colonel", "marshal", "admiral", "caretaker", "federal",
    "attorney", "treasurer", "lord", "prasident", "prasidentin", "presidente", "presidenta", "ministro", "ministra",
    "ministerprasident", "ministerprasidentin", "vorsitzender", "primer", "primera", "primeiro", "ministre",
    "premierminister", "ministerin", "aussenminister", "aussenministerin", "bundeskanzler", "bundeskanzlerin",
    "kanzler", "kanzlerin", "konig", "konigin", "roi", "reine", "chancelier", "chanceliere", "rey", "reina",
    "prezident", "ministr", "premer", "canciller", "staatssekretar", "botschafter", "ambassadeur", "embajador",
    "posol",
})  # fmt: skip
_MORE_AREAS = frozenset({
    "conseil", "consejo", "consiglio", "gouvernement", "gobierno", "governo", "republique", "republica", "repubblica",
    "etrangeres", "exteriores", "esteri", "auswartigen", "ausseren", "bundesrepublik", "regierung", "estado", "etat",
    "stato", "ministros", "ministri", "commonwealth",
})  # fmt: skip
_FRENCH = {
    "chancelier",
    "chanceliere",
    "ministre",
    "presidente",
    "roi",
    "reine",
    "ambassadeur",
    "etrangeres",
    "conseil",
}
_TITLES = POSTS | _MORE_TITLES
_GIVEN_NAMES_TOO = {"shah", "amir", "emir", "dean", "king", "marshal", "sultan", "pope", "duke", "prince", "regent"}
_WEAK = {"general", "grand", "lord", "prince", "elect", "federal", "acting", "crown", "interim", "primer", "marshal"}
_JOINING = {"of", "the", "for", "and", "to", "de", "des", "du", "der", "fur", "y", "et", "und", "in", "at", "on", "del"}
_HARD = re.compile(r"\s*(?:;|；|、|\||\n|•|\s/\s)\s*")
_SOFT = re.compile(r"\s+(?:and|&|und|et|y|и|ve)\s+|\s*,\s+(?:and\s+)?", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?:jr|sr|[23]rd|2nd|[IVX]+|ph\.?d|esq|md|mp|kc|qc)\.?$", re.IGNORECASE)
_AFTER_NAMES = re.compile(
    r"(?<=[^\W\d_])(?:,? (?:MP|MSP|MEP|TD|KC|QC|CBE|OBE|MBE|DBE|KBE|CMG|KCMG|GCMG))+(?= ?(?:[,;|\n]|and |$))"
)
_BRACKETS = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<title>[^()]+)\)$")
_NICKNAME = re.compile(r"\s*\([^()]*\)\s*")
_DASH = re.compile(r"\s+[-–—]\s+|\s*:\s+")
_COURTESY = re.compile(
    r"^(?:(?:h\. ?e\.|h\. ?r\. ?h\.|mrs?|ms|miss|mmes?|mlle|herr|frau|sra|dr|prof|"
    r"(?:the )?(?:rt\.? )?hon(?:ou?rable)?|the|(?:his|her) (?:excellency|majesty|(?:royal |serene )?highness))"
    r"\.?,?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PersonInCell:
    """A person of a cell: the name without honorifics, the title word for word ("" when there is none), all of it."""

    name: str
    title: str
    printed: str


class NameSplitter:
    """Takes cells apart; remembers those it has seen.

    `countries` are folded names and adjectives of countries; `is_country` knows names in other languages too.
    """

    def __init__(self, countries: Mapping[str, str], is_country: Callable[[str], bool] = lambda _name: False) -> None:
        self._countries = countries
        self._is_country = is_country
        self._seen: dict[str, tuple[PersonInCell, ...]] = {}

    def persons(self, cell: str) -> tuple[PersonInCell, ...]:
        """The persons that a cell names, in its order; empty when it names none."""
        if cell not in self._seen:
            pieces = [
                piece
                for part in _HARD.split(_AFTER_NAMES.sub("", cell))
                for piece in self._pieces(part)
                if piece.strip(" ,")
            ]
            found: list[PersonInCell] = []
            for each in map(self.one_person, pieces):
                if found and not each.name and found[-1].name and not found[-1].title:
                    found[-1] = replace(found[-1], title=each.title, printed=f"{found[-1].printed}, {each.printed}")
                else:
                    found.append(each)
            self._seen[cell] = tuple(each for each in found if each.name or each.title)
        return self._seen[cell]

    def _pieces(self, part: str) -> list[str]:
        """A part taken apart at commas and "and" where another person begins there."""
        pieces, start = [], 0
        for cut in _SOFT.finditer(part):
            before, after = part[start : cut.start()].strip(), part[cut.end() :].strip()
            if self._begins_a_person(before, _SOFT.split(after, maxsplit=1)[0].strip(), after):
                pieces.append(before)
                start = cut.end()
        return [*pieces, part[start:].strip()]

    def _begins_a_person(self, before: str, following: str, after: str) -> bool:
        """Whether two neighbouring pieces are two persons."""
        if not before or not following or _SUFFIX.match(following) or following.startswith("Commonwealth"):
            return False
        left, right = self.title_end(before.split()), self.title_end(after.split())
        if right:  # a title, with a name after it
            return right < len(after.split()) and left < len(before.split())
        if left or has_title_word(before) or has_title_word(following):
            return False
        return all(2 <= len(each.split()) <= 4 and all(map(_is_capital, each.split())) for each in (before, following))

    def one_person(self, piece: str) -> PersonInCell:
        """One person's cell as title and name, in whichever order they stand."""
        printed = " ".join(piece.split()).strip(" ,;")
        if not printed.isascii() and (apart := taken_apart(printed, self._is_country)) is not None:
            return PersonInCell(apart.name, apart.title, printed)
        if printed.startswith("M. ") and set(fold(printed).split()) & _FRENCH:
            printed = printed[3:]  # Monsieur, where the title is French; else it may be an initial
        if (match := _BRACKETS.match(printed)) and has_title_word(match["title"]) and not has_title_word(match["name"]):
            return PersonInCell(strip_honorifics(match["name"]), match["title"], printed)
        plain = _COURTESY.sub("", " ".join(_NICKNAME.sub(" ", printed).split()))
        words = plain.split()
        count = title_words(words, self._is_country) or self.title_end(words)
        if 0 < count < len(words):
            return PersonInCell(strip_honorifics(" ".join(words[count:])), " ".join(words[:count]), printed)
        if count == len(words) and count:
            return PersonInCell("", plain, printed)
        parts = [part.strip() for part in _DASH.split(plain, maxsplit=1)]
        if len(parts) < 2:
            parts = [part.strip() for part in plain.split(",", 1)]
        if len(parts) == 2 and not _SUFFIX.match(parts[1]):
            for name, title in (parts, parts[::-1]):
                if has_title_word(title) and not has_title_word(name):
                    return PersonInCell(strip_honorifics(name), title, printed)
        count = _trailing_title(words)
        if count:
            return PersonInCell(strip_honorifics(" ".join(words[:-count])), " ".join(words[-count:]), printed)
        return PersonInCell(strip_honorifics(plain), "", printed)

    def title_end(self, words: list[str]) -> int:
        """How many words at the beginning are a title: posts, what they are of, and the countries between them."""
        end, at, seen = 0, 0, False
        while at < len(words):
            folded = fold(words[at].replace("-", " "))
            before = fold(words[at - 1]) if at else ""
            if folded and all(part in _TITLES for part in folded.split()):
                if seen and folded in _GIVEN_NAMES_TOO and before not in _JOINING and before not in _WEAK:
                    if folded != "prince":
                        break
                end, seen = at + 1, True
            elif folded in AREAS or (seen and folded in _MORE_AREAS):
                end = at + 1 if seen else end
            elif seen and folded in BODIES and (before in _JOINING or before in AREAS):
                end = at + 1
            elif (length := self._country_at(words, at)) and (not seen or before in _JOINING):
                at += length - 1
                end = at + 1 if seen else end
            elif not (seen and (folded in _JOINING or not folded)):
                break
            at += 1
        return end if seen else 0

    def _country_at(self, words: list[str], at: int) -> int:
        """How many words from here on name a country; 0 for none."""
        for length in range(min(5, len(words) - at), 0, -1):
            if fold(" ".join(words[at : at + length]).replace("U.S.", "US")) in self._countries:
                return length
        return 0


def _trailing_title(words: list[str]) -> int:
    """How many words at the end are a title that follows two or more words of a name."""
    for at in range(2, len(words)):
        folded = fold(words[at])
        if folded in _TITLES - _WEAK - _GIVEN_NAMES_TOO and words[at][:1].isupper():
            while at > 2 and fold(words[at - 1]) in AREAS | _WEAK:
                at -= 1
            return len(words) - at
    return 0


def has_title_word(text: str) -> bool:
    """Whether a word of the text is one that only titles have."""
    return any(word in _TITLES - _WEAK - _GIVEN_NAMES_TOO for word in fold(text.replace("-", " ")).split())


def _is_capital(word: str) -> bool:
    small = {"al", "bin", "van", "von", "da", "el", "de", "der", "ibn", "di"}
    return word[:1].isupper() or not word[:1].isascii() or fold(word) in small
