"""Folding text for search: what is typed and what is stored fall on the same letters.

Diacritics are dropped, Cyrillic is romanised, runs of Chinese, Japanese and Korean characters become single characters
with blanks between them, so that a two-character word is found in running text. A change here needs a new FOLD_VERSION:
a workspace with an older one rebuilds its index.
"""

from __future__ import annotations

import re
import unicodedata

FOLD_VERSION = 1

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "a", "ʻ": "", "ʼ": "", "’": "", "‘": "", "'": "", "`": "",
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "i", "ј": "j", "к": "k", "қ": "k", "л": "l", "љ": "lj", "м": "m",
    "н": "n", "ң": "n", "њ": "nj", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ђ": "dj",
    "у": "u", "ў": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "ҳ": "h", "һ": "h", "ц": "ts", "ч": "ch", "џ": "dz",
    "ҷ": "j", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ӣ": "i", "ӯ": "u",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
_SINGLE = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_SINGLE}]+")
_ONE = re.compile(f"[{_SINGLE}]")
_BREAKS = re.compile(r"[^\w]+|_+")


def fold(text: str | None) -> str:
    """The text as the index keeps it: lower-case letters and figures, words apart by one blank; "" for None.

    Idempotent: `fold(fold(x)) == fold(x)`.
    """
    if not text:
        return ""
    if text.isascii():
        return _BREAKS.sub(" ", text.replace("'", "").replace("`", "").lower()).strip()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(_TABLE)
    hangul_kept = _RUNS.sub(lambda run: " " + " ".join(run.group()) + " ", folded)
    parts = [_bare(word) if not _ONE.match(word) else word for word in hangul_kept.split()]
    return _BREAKS.sub(" ", " ".join(parts)).strip()


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.casefold().translate(_TABLE)


def search_terms(typed: str) -> str:
    """Typed words as an FTS5 question: each word the start of a word, all of them needed; "" when there is nothing.

    Words in double quotes are a phrase; a run of Chinese, Japanese or Korean characters is a phrase of its characters.
    Lawful for every input.
    """
    terms: list[str] = []
    for position, part in enumerate(typed.split('"')):
        if position % 2 and typed.count('"') > position:
            if phrase := fold(part):
                terms.append(f'"{phrase}"')
            continue
        for word in part.split():
            terms += _word_terms(word)
    return " AND ".join(terms)


def _word_terms(word: str) -> list[str]:
    terms: list[str] = []
    run: list[str] = []
    for piece in fold(word).split():
        if _ONE.fullmatch(piece):
            run.append(piece)
            continue
        if run:
            terms.append('"' + " ".join(run) + '"')
            run = []
        terms.append(f'"{piece}"*')
    if run:
        terms.append('"' + " ".join(run) + '"')
    return terms
