"""Names of persons and organisations: keys under which spellings meet, honorifics, family and given name, order.

The rules are the desk's own (transliteration of Turkic, Slavic and Japanese names above all). A key proposes that two
spellings are one name; it never decides it. Knows no database and no window.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from legation.fields.folding import fold

FAMILY_FIRST = frozenset({"JPN", "CHN", "KOR", "PRK", "VNM", "HUN", "KHM", "TWN"})
_HONORIFICS = {
    "hrh", "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
    "rt", "hon", "honourable", "honorable", "the", "excellency", "his", "her", "highness", "majesty", "gen", "col",
}  # fmt: skip
_LEADING = re.compile(
    r"^(?:(?:(?-i:H\.? ?E\.?|H\.? ?R\.? ?H\.?)|mrs?|ms|miss|mx|dr|prof(?:essor)?|sir|dame|(?:the )?(?:rt\.? )?hon"
    r"(?:ou?rable)?|(?:his|her) (?:excellency|highness|majesty)|general|gen|col)(?:\.|\b) *)+",
    re.IGNORECASE,
)
_FOLDS = (
    ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("zh", "j"), ("dzh", "j"), ("dj", "j"), ("gh", "g"), ("ts", "c"),
    ("ck", "k"), ("ou", "u"), ("w", "v"), ("ij", "i"), ("y", "i"), ("ii", "i"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_VOWEL_H = re.compile(r"([aeiou])h(?=[^aeiouh]|$)")
_DOUBLE = re.compile(r"(.)\1+")
_LEGAL_FORMS = {
    "corporation", "corp", "company", "co", "ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "jsc", "ojsc",
    "cjsc", "pjsc", "gmbh", "ag", "sa", "spa", "srl", "kk", "bv", "nv", "ab", "oy", "holdings", "group",
}  # fmt: skip


@dataclass(frozen=True)
class NameParts:
    """A printed name taken apart. `undecided` tells that a person should say which word is the family name."""

    name: str
    family: str | None = None
    given: str | None = None
    patronymic: str | None = None
    undecided: bool = False


def strip_honorifics(printed: str) -> str:
    """The name without H.E., Mr, Dr, Rt Hon and the like before it."""
    bare = " ".join(printed.split())
    stripped = _LEADING.sub("", bare).strip(" ,")
    return stripped or bare


def fold_word(word: str) -> str:
    """One folded word with the spellings of one sound made one letter."""
    for spelling, letter in _FOLDS:
        word = word.replace(spelling, letter)
    word = _VOWEL_H.sub(r"\1", word)
    return _DOUBLE.sub(r"\1", word)


def key_words(name: str) -> list[str]:
    """The words of a name as the key holds them, in the order printed."""
    bare = strip_honorifics(name).replace("'", "").replace("ʼ", "").replace("’", "").replace("`", "")
    return [fold_word(word) for word in fold(bare).split() if word not in _HONORIFICS or len(fold(bare).split()) == 1]


def match_key(name: str) -> str:
    """The key of a person's name: equal for the spellings and orders in which one name is printed."""
    return " ".join(sorted(word for word in key_words(name) if word))


def organisation_key(name: str) -> str:
    """The key of a body's name: without legal form, articles and "the Republic of"; the order of words counts."""
    text = fold(name)
    text = re.sub(r"^(?:the )?foreign ministry of (?:the )?(.+)$", r"ministry of foreign affairs of \1", text)
    text = re.sub(r"^(?:the )?(.+?) foreign ministry$", r"ministry of foreign affairs of \1", text)
    text = re.sub(r"^(?:the )?mfa of (?:the )?(.+)$", r"ministry of foreign affairs of \1", text)
    text = re.sub(r"\b(?:the )?republic of\b", "", text)
    words = [word for word in text.split() if word not in ("the", "a", "an")]
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


def sort_name(name: str, family: str | None = None, given: str | None = None) -> str:
    """The text by which a person sorts: family name, then given name, folded; the whole name for mononyms."""
    if family:
        return fold(f"{family} {given or ''}") or fold(name) or name.casefold()
    return fold(name) or name.casefold()


def display_family_first(name: str, family: str | None, given: str | None) -> str:
    """The name as FAMILY, Given; the name as it is for mononyms."""
    return f"{family.upper()}, {given}" if family and given else name


def split_name(printed: str, country: str | None = None) -> NameParts:
    """A printed name as family and given name.

    A word in capitals is the family name, always. Otherwise the state's own order decides: family first for Japan,
    China, Korea, Vietnam, Hungary, Cambodia and Taiwan. A single word is a mononym; more than three words, or three
    of which none is a patronymic, stay undecided.
    """
    name = strip_honorifics(printed)
    if "," in name and name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        if family and given:
            return _ordered(f"{given} {family}", _as_name(family), _as_name(given), country)
    words = name.split()
    if len(words) < 2:
        return NameParts(name)
    capitals = [word for word in words if len(word) > 1 and word.isupper() and "." not in word]
    if capitals and len(capitals) < len(words):
        family = " ".join(_as_name(word) for word in capitals)
        given = " ".join(word for word in words if word not in capitals)
        return _ordered(name, family, given, country)
    if len(words) == 2:
        family, given = (words[0], words[1]) if country in FAMILY_FIRST else (words[1], words[0])
        return NameParts(name, _as_name(family), _as_name(given), undecided=country is None)
    patronymic = next((word for word in words[1:] if _is_patronymic(word)), None)
    if len(words) == 3 and patronymic is not None:
        others = [word for word in words if word != patronymic]
        given, family = (others[0], others[1]) if words[1] == patronymic else (others[1], others[0])
        return NameParts(name, family, given, patronymic)
    return NameParts(name, undecided=True)


def _ordered(name: str, family: str, given: str, country: str | None) -> NameParts:
    shown = f"{family} {given}" if country in FAMILY_FIRST else f"{given} {family}"
    return NameParts(shown, family, given)


def _as_name(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "-".join(part.capitalize() for part in word.split("-"))
    return word


def _is_patronymic(word: str) -> bool:
    bare = unicodedata.normalize("NFKD", word).casefold()
    return bare.endswith(("ovich", "evich", "ovna", "evna", "ich", "ichna", "uly", "uulu", "oglu", "kyzy", "qizi", "ogli"))
