"""How well an encoding fits the places of a file that are beyond ASCII: 1 for text, 0 and below for anything else.

A letter fits inside a word of its own script, in the alphabet of one language; a sign fits between words; a character
of two bytes fits beside others of its kind, and better when it is a common one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from legation.imports.files.known_encodings import Characters, Letters

_SIGNS = frozenset("“”‘’„–—…€£§°«»№·•©®™¿¡ªº½¼¾×±\u00a0\u00ad")
_MANY = 20_000  # characters are enough


def letters_fit(encoding: Letters, around: Iterable[bytes]) -> float:
    """How well an encoding with a byte for each letter fits."""
    found = [each for piece in around for each in _judged(encoding, piece)][:_MANY]
    if not found:
        return 0.0
    letters = [letter.lower() for letter, _points in found if letter]
    coverage = _coverage(encoding, letters) if letters else 1.0
    points = sum(points for _letter, points in found) / len(found)
    return encoding.belief * points * (0.4 + 0.6 * coverage) * _frequency(encoding, letters)


def _coverage(encoding: Letters, letters: Sequence[str]) -> float:
    """How many letters are in the alphabet of one language, and how many in any: names of many may stand together."""
    of_one = max(sum(each in alphabet for each in letters) for alphabet in encoding.alphabets)
    of_any = sum(any(each in alphabet for alphabet in encoding.alphabets) for each in letters)
    return (of_one + of_any) / 2 / len(letters)


def _frequency(encoding: Letters, letters: Sequence[str]) -> float:
    """1 where the ten most frequent letters of a language make up half of the text, less for less.

    Nothing is told from Latin letters: those beyond ASCII are rare ones.
    """
    if encoding.script == "LATIN" or not letters:
        return 1.0
    letters = [_plain(each) for each in letters]
    most = max(sum(each in alphabet[:10] for each in letters) for alphabet in encoding.alphabets)
    spoken = not encoding.vowels or sum(each in encoding.vowels for each in letters) * 5 >= len(letters)
    return min(1.0, most * 2 / len(letters)) * (1.0 if spoken else 0.8)


def _judged(encoding: Letters, piece: bytes) -> Iterator[tuple[str, float]]:
    """Each character beyond ASCII: itself when it is a letter, and its points by what stands beside it."""
    text = f" {piece.decode(encoding.codec, errors='surrogateescape')} "
    for before, each, after in zip(text, text[1:], text[2:], strict=False):
        if each.isascii():
            continue
        if each.isalpha() or unicodedata.combining(each):
            yield each, _points_of_letter(encoding.script, before, each, after)
        elif each in _SIGNS:
            yield "", _points_of_sign(before, each, after)
        else:
            yield "", -1.5 if unicodedata.category(each) in ("Cc", "Cs", "Cn") else -0.6


def _plain(letter: str) -> str:
    """A letter without its accent; a sigma at the end of a word as any other."""
    return "σ" if letter == "ς" else unicodedata.normalize("NFD", letter)[0]


def _points_of_sign(before: str, each: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return {"’": 1.0, "–": 0.9, "—": 0.9, "·": 0.9}.get(each, -0.3)
    is_lost = each == "\u00a0" and not (before.isalnum() or before.isspace()) and after.isalpha()
    return -0.3 if is_lost or (after.isalpha() and each in "™®") else 0.9


def _points_of_letter(script: str, before: str, each: str, after: str) -> float:
    if _script(each) != script:
        return -0.5
    if before.islower() and each.isupper():
        return -0.6
    if each.islower() and after.isupper():
        return -0.4
    beside = [other for other in (before, after) if other.isalpha()]
    if any(_script(other) != script for other in beside):
        return -0.4
    return 1.0 if beside else 0.5


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def characters_fit(encoding: Characters, around: Iterable[bytes]) -> float:
    """How well an encoding of two bytes a character fits."""
    text = "\n".join(piece.decode(encoding.codec, errors="surrogateescape") for piece in around)[: _MANY * 4]
    beyond = [each for each in text if not each.isascii()]
    bad = sum("\udc80" <= each <= "\udcff" for each in beyond)
    ideographs = [each for each in beyond if _is_character(each)]
    if not ideographs or bad * 20 > len(beyond):
        return 0.0
    others = sum(_is_odd(each) for each in beyond)
    alone = sum(
        _is_character(each) and _is_latin(before) and _is_latin(after)
        for before, each, after in zip(text, text[1:], text[2:], strict=False)
    )
    usual = sum(each in encoding.usual for each in ideographs) / len(ideographs)
    frequent = sum(_is_frequent(encoding, each) for each in ideographs) / len(ideographs)
    fits = 0.5 * frequent + 0.5 * min(1.0, usual * 3)
    return fits - 2 * alone / len(ideographs) - (others + 3 * bad) / len(beyond)


def _is_character(each: str) -> bool:
    return "\u3041" <= each <= "\u30ff" or "\u3400" <= each <= "\u9fff" or "\uac00" <= each <= "\ud7a3"


def _is_latin(each: str) -> bool:
    return each.isascii() and each.isalpha()


def _is_odd(each: str) -> bool:
    """Half-width kana, private characters and letters of other scripts, which such text has rarely."""
    return "\uff61" <= each <= "\uff9f" or "\ue000" <= each <= "\uf8ff" or "\u0080" <= each <= "\u05ff"


def _is_frequent(encoding: Characters, each: str) -> bool:
    try:
        first = each.encode(encoding.codec)[0]
    except UnicodeEncodeError:
        return False
    return any(least <= first <= most for least, most in encoding.frequent)
