"""Names of persons and organisations: keys under which spellings meet, honorifics, family and given name, order.

The rules are the desk's own (transliteration of Turkic, Slavic and Japanese names above all). A key proposes that two
spellings are one name; it never decides it: see `matching/persons.py`. Knows no database and no window.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from legation.fields.folding import fold

FAMILY_FIRST = frozenset({"JPN", "CHN", "KOR", "PRK", "VNM", "HUN", "KHM", "TWN"})
Style = Literal["official", "given_first", "family_comma"]

_LEADING = re.compile(
    r"^(?:(?:h\. ?r\. ?h\.|h\. ?e\.|(?:gen|col|amb|hon)\."
    r"|(?:(?-i:HE|HRH)|mrs?|ms|miss|mx|mmes?|mlle|herr|frau|sra|dr|prof(?:essor)?|sir|dame|lord|lady|general|ambassador"
    r"|(?:the )?(?:rt\.?|right) hon(?:ou?rable)?|the hon(?:ou?rable)?|honou?rable"
    r"|(?:his|her|their) (?:excellency|excellencies|(?:royal |imperial )?highness|majesty))(?:\.|\b))[ ,]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r",? (?:mr|mrs|ms|dr|h\. ?e)\.?$", re.IGNORECASE)
_ANYWHERE = {"mr", "mrs", "ms", "dr"}
_BARE_CAPITALS = re.compile(r"^(?:HE|HRH) ")  # He is also a Chinese family name: HE Lifeng
# spelling: letter, in the order of their use; x and a final vowel + h are our additions (Alexei, Satoh)
_SOUNDS = (
    ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("gh", "g"), ("ts", "c"),
    ("ck", "k"), ("ou", "u"), ("w", "v"), ("y", "i"), ("ij", "i"), ("ii", "i"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_VOWEL_H = re.compile(r"([aeiou])h(?=[^aeiouh]|$)")
_DOUBLE = re.compile(r"(.)\1+")
_ONE_CHARACTER = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_PATRONYMICS = (
    "ovich", "evich", "yich", "owich", "ewich", "owic", "ewic", "ovna", "evna", "owna", "ewna", "ichna", "inichna",
    "uly", "uulu", "ugli", "ogli", "oglu", "qizi", "kyzy", "kizi", "gyzy",
)  # fmt: skip
_SON_OR_DAUGHTER = {"oglu", "ogly", "ogli", "ugli", "uulu", "uly", "qizi", "kyzy", "kizi", "gyzy"}
_ARABIC = {"bin", "ibn", "bint", "al", "el", "abu", "abd", "abdul", "ould"}
_PARTICLES = {"van", "von", "de", "der", "den", "da", "dos", "del", "della", "di", "du", "la", "le", "ter", "zu"}
_REGNAL = re.compile(r"[IVX]{1,5}")
_LEGAL_FORMS = {
    "corporation", "corp", "company", "co", "ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "jsc", "ojsc",
    "cjsc", "pjsc", "ojs", "gmbh", "ag", "sa", "spa", "srl", "kk", "bv", "nv", "ab", "oy", "oyj", "asa", "se", "kg",
    "ooo", "oao", "zao", "pao", "tov", "pte", "pty", "bhd", "sdn", "tbk",
}  # fmt: skip
_DOTTED_FORM = re.compile(r"\b(?:[A-Za-z]\.){2,4}")
_FOREIGN_MINISTRIES = (
    (re.compile(r"\b(?:foreign(?: affairs)? ministry|mfa) of\b"), "ministry of foreign affairs of"),
    (re.compile(r"^(.+?)s? (?:foreign(?: affairs)? ministry|mfa)$"), r"ministry of foreign affairs of \1"),
)


@dataclass(frozen=True)
class NameParts:
    """A printed name taken apart; `display` is the whole name in the order that the person's own state uses.

    Family and given name are None for mononyms and for names that are not taken apart. `undecided` tells that a person
    should say which word is the family name; the parts, where there are any, are then a guess.
    """

    family: str | None
    given: str | None
    patronymic: str | None = None
    undecided: bool = False
    display: str = ""


def strip_honorifics(printed: str) -> str:
    """The name without H.E., Mr, Dr, Rt Hon and the like around it."""
    bare = " ".join(printed.split())
    if _BARE_CAPITALS.match(bare) and len(bare.split()) < 3:
        return bare
    stripped = _TRAILING.sub("", _LEADING.sub("", bare)).strip(" ,")
    return stripped or bare


@lru_cache(maxsize=50000)
def key_of_word(word: str) -> str:
    """One word of a name with the spellings of one sound made one letter: Akhmet, Ahmet and AHMET are "amet"."""
    word = fold(word).replace(" ", "")
    while True:
        made = word
        for spelling, letter in _SOUNDS:
            made = made.replace(spelling, letter)
        made = _DOUBLE.sub(r"\1", _VOWEL_H.sub(r"\1", made))
        if made == word:
            return made
        word = made


@lru_cache(maxsize=20000)
def match_key(name: str) -> str:
    """The key of a person's name: equal for the spellings and orders in which one name is printed.

    Its words without honorifics, each by `key_of_word`, sorted. Names in Chinese, Japanese or Korean characters keep
    their order, since there it does not vary, and lose the blanks, which do. The key of a key is the key itself.
    """
    key = _sorted_words(name)
    while (again := _sorted_words(key)) != key:
        key = again
    return key


def _sorted_words(name: str) -> str:
    folded = fold(strip_honorifics(name)).split()
    words: list[str] = []
    run = ""
    for word in [each for each in folded if each not in _ANYWHERE] or folded:
        if _ONE_CHARACTER.fullmatch(word):
            run += word
        else:
            words.append(key_of_word(word))
    return " ".join(sorted(each for each in (*words, run) if each))


def groups_by_key(names: Iterable[str]) -> dict[str, list[str]]:
    """The names under their match keys, each group in the order given: which spellings fall on one key."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(match_key(name), []).append(name)
    return groups


def spellings_of(name: str, known: Iterable[str]) -> list[str]:
    """Those of the known names that fall on the key of this one, without the name itself."""
    key = match_key(name)
    return [each for each in known if each != name and key and match_key(each) == key]


@lru_cache(maxsize=20000)
def organisation_key(name: str) -> str:
    """The key of a body's name: without legal form, articles and "the Republic of"; the order of words counts.

    "Foreign Ministry of X", "MFA of X" and "X's Foreign Ministry" are the "Ministry of Foreign Affairs of X".
    """
    undotted = _DOTTED_FORM.sub(lambda match: match.group().replace(".", "") + " ", name)
    text = " ".join(word for word in fold(undotted).split() if word not in ("the", "a", "an"))
    text = " ".join(re.sub(r"\brepublic of\b", " ", text).split())
    for pattern, replacement in _FOREIGN_MINISTRIES:
        text = pattern.sub(replacement, text)
    words = text.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    while len(words) > 1 and words[0] in _LEGAL_FORMS:
        words.pop(0)
    return " ".join(words)


def sort_name(name: str, family: str | None = None, given: str | None = None) -> str:
    """The text by which a person sorts: family name, then given name, folded; the whole name for mononyms."""
    if family:
        return fold(f"{family} {given or ''}") or fold(name) or name.casefold()
    return fold(name) or name.casefold()


def display(parts: NameParts, style: Style = "official") -> str:
    """The name in the order wished: the state's own, given name first, or GURBANOV, Ahmet; whole where not split."""
    if not parts.family or style == "official":
        return parts.display
    given = " ".join(each for each in (parts.given, parts.patronymic) if each)
    if style == "family_comma":
        return f"{parts.family.upper()}, {given}" if given else parts.family.upper()
    return f"{given} {parts.family}".strip()


def split_name(printed: str, country_code: str | None = None) -> NameParts:
    """A printed name as family and given name; `country_code` is the ISO alpha-3 code of the person's state.

    A word in capitals is the family name, always; so is what stands before a comma. Otherwise the state's own order
    decides: family first for Japan, China, Korea, Vietnam, Hungary, Cambodia and Taiwan. A single word, a ruler's
    number ("Charles III") and a long Arabic name stay whole. Without a country, and with three words that nothing
    tells apart, the name is undecided.
    """
    name = strip_honorifics(printed)
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        if family and given:
            return _in_official_order(_as_written(family), given, country_code, f"{given} {_as_written(family)}")
    words = name.replace(",", " ").split()
    if len(words) < 2 or (_REGNAL.fullmatch(words[-1]) and country_code not in FAMILY_FIRST):
        return NameParts(None, None, display=name)
    capitals = [word for word in words if sum(map(str.isalpha, word)) > 1 and word.isupper() and "." not in word]
    if capitals and len(capitals) < len(words):
        written = {word: _as_written(word) for word in capitals}
        written |= {word: word.lower() for word in capitals[:-1] if word.lower() in _PARTICLES}
        family = " ".join(written[word] for word in capitals)
        given = " ".join(word for word in words if word not in capitals)
        return _in_official_order(family, given, country_code, " ".join(written.get(word, word) for word in words))
    return _by_words([_as_written(word) for word in words], country_code)


def _by_words(words: list[str], country_code: str | None) -> NameParts:
    name = " ".join(words)
    if len(words) > 2 and (found := _with_patronymic(words, country_code)) is not None:
        return found
    folded = [fold(word) for word in words]
    if len(words) > 2 and any(word in _ARABIC or word.startswith(("al ", "el ")) for word in folded[1:]):
        return NameParts(None, None, display=name)
    initials = [len(word) == 1 for word in folded]
    if any(initials) and (initials[0] or initials[-1]) and initials.count(False) == 1:
        family = words[initials.index(False)]
        return NameParts(family, " ".join(word for word in words if word != family), display=name)
    if country_code in FAMILY_FIRST:
        hyphenated = "-" in words[0] and "-" not in words[-1] and country_code in ("KOR", "PRK", "TWN", "CHN")
        family, given = (words[-1], words[:-1]) if hyphenated else (words[0], words[1:])
        undecided = len(words) > (2 if country_code == "JPN" else 3)
        return NameParts(family, " ".join(given), undecided=undecided, display=" ".join((family, *given)))
    particle = next((position for position, word in enumerate(words) if position and word in _PARTICLES), None)
    if particle is not None and particle < len(words) - 1:
        return NameParts(" ".join(words[particle:]), " ".join(words[:particle]), display=name)
    undecided = country_code is None or initials.count(False) > 2
    return NameParts(words[-1], " ".join(words[:-1]), undecided=undecided, display=name)


def _with_patronymic(words: list[str], country_code: str | None) -> NameParts | None:
    """A family name, a given name and a patronymic, which stands after the given name: Ilham Heydar oglu Aliyev."""
    joined: list[str] = []
    for word in words:
        if joined and fold(word) in _SON_OR_DAUGHTER:
            joined[-1] += " " + word
        else:
            joined.append(word)
    found = [position for position, word in enumerate(joined) if position and _is_patronymic(word)]
    if len(joined) != 3 or not found:
        return None
    # two words may look like one (Roman Arkadyevich Abramovich): the middle one is it, unless it is a given name in
    # -guly and the last one is plain
    position = 1 if 1 in found and not fold(joined[1]).endswith("guly") else found[-1]
    family, given = (joined[2], joined[0]) if position == 1 else (joined[0], joined[1])
    return NameParts(family, given, joined[position], display=" ".join(words))


def _is_patronymic(word: str) -> bool:
    folded = fold(word)
    return folded.rpartition(" ")[2] in _SON_OR_DAUGHTER or (len(folded) > 5 and folded.endswith(_PATRONYMICS))


def _in_official_order(family: str, given: str, country_code: str | None, as_printed: str) -> NameParts:
    shown = as_printed
    if country_code is not None:
        shown = f"{family} {given}" if country_code in FAMILY_FIRST else f"{given} {family}"
    return NameParts(family, given, display=shown)


def _as_written(word: str) -> str:
    """A word in capitals as a name is written: MUHAMMETDURDYYEV, O'BRIEN and KIM-LEE with capitals in their places."""
    if not word.isupper() or sum(map(str.isalpha, word)) < 2 or "." in word:
        return word
    return re.sub(r"[^\W\d_]+(?:[’'](?=\w\b)\w)?", lambda part: part.group().capitalize(), word)
