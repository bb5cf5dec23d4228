"""Folding text for search: what is typed and what is stored fall on the same letters.

Case and diacritics are dropped, Cyrillic is romanised, runs of Chinese, Japanese and Korean characters become single
characters with blanks between them, so that a two-character word is found in running text. Punctuation parts words;
apostrophes, control characters and invisible ones (soft hyphens, zero-width joiners) do not. A change here needs a new
FOLD_VERSION: a workspace with an older one rebuilds its index. Knows no database and no window.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FOLD_VERSION = 1
LONGEST_KEPT = 40  # letters of a word whose folding is kept: running text in Chinese is one long word
MOST_TERMS = 48  # words of one search; the rest is not asked for

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "a", "ĸ": "k", "ſ": "s",
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye", "ж": "zh",
    "җ": "j", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "i", "ј": "j", "к": "k", "қ": "k", "ҡ": "k", "л": "l",
    "љ": "lj", "м": "m", "н": "n", "ң": "n", "њ": "nj", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "ћ": "c", "ђ": "dj", "у": "u", "ў": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "ҳ": "h", "һ": "h", "ц": "ts",
    "ч": "ch", "џ": "dz", "ҷ": "j", "ҹ": "j", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ә": "a",
    "ю": "yu", "я": "ya", "ӣ": "i", "ӯ": "u", "ѕ": "dz", "ѓ": "g", "ќ": "k",
}  # fmt: skip
# apostrophes, primes and the half rings that write ayn and hamza: dropped without parting the word
_DROPPED = "'`´ʹʺʻʼʽʾʿˈ‘’‛′"
_APOSTROPHES = str.maketrans(dict.fromkeys(_DROPPED, ""))
_TABLE = str.maketrans(_LETTERS) | _APOSTROPHES
_SINGLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_SINGLE}]+")
_ONE = re.compile(f"[{_SINGLE}]")
_BREAKS = re.compile(r"[\W_]+")
_ASCII_DROPPED = re.compile(r"['`\x00-\x08\x0e-\x1b\x7f]+")
# the same for ASCII text, letter by letter: dropped, parted, or made small
_ASCII = str.maketrans(
    {
        letter: None if _ASCII_DROPPED.match(letter) else " " if _BREAKS.match(letter) else letter.lower()
        for letter in map(chr, range(128))
    }
)
_INVISIBLE = {"Mn", "Mc", "Me", "Cc", "Cf"}  # accents and vowel signs, control characters
_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))


def fold(text: str | None) -> str:
    """The text as the index keeps it: lower-case letters and figures, words apart by one blank; "" for None.

    Idempotent: `fold(fold(x)) == fold(x)`.
    """
    if not text:
        return ""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    # no word depends on its neighbours; one may fold to several, or to none
    words = (_kept_word(word) if len(word) <= LONGEST_KEPT else _fold_word(word) for word in text.split())
    return " ".join(filter(None, words))


def _fold_word(word: str) -> str:
    if word.isascii():
        return " ".join(word.translate(_ASCII).split())
    # the compatibility form takes some apostrophes apart, so they go first
    folded = unicodedata.normalize("NFKC", word.translate(_APOSTROPHES)).casefold()
    folded = unicodedata.normalize("NFC", folded).translate(_TABLE)
    apart = _RUNS.sub(lambda run: " " + " ".join(run.group()) + " ", folded)
    bare = " ".join(each if _ONE.match(each) else _without_marks(each) for each in apart.split())
    return _BREAKS.sub(" ", bare).strip()


_kept_word = lru_cache(maxsize=50000)(_fold_word)


@lru_cache(maxsize=50000)
def _without_marks(word: str) -> str:
    if word.isascii():
        return _ASCII_DROPPED.sub("", word)
    letters = unicodedata.normalize("NFKD", word)
    kept = "".join(letter for letter in letters if unicodedata.category(letter) not in _INVISIBLE)
    return kept.casefold().translate(_TABLE)


def search_terms(typed: str) -> str:
    """Typed words as an FTS5 question: each word the start of a word, all of them needed; "" when there is nothing.

    Words in double quotes are a phrase; a run of Chinese, Japanese or Korean characters is a phrase of its characters.
    A lawful question for every input: whatever FTS5 would take for an operator is folded away or stands in quotes.
    """
    return " AND ".join(_terms(typed))


def needles(typed: str) -> list[str]:
    """What `search_terms` asks for as pieces of folded text that has a blank before and after it."""
    return [" " + term.removesuffix("*").strip('"') + ("" if term.endswith("*") else " ") for term in _terms(typed)]


def _terms(typed: str) -> list[str]:
    parts = typed.translate(_QUOTES).split('"')
    terms: list[str] = []
    for position, part in enumerate(parts):
        closed = position < len(parts) - 1
        if position % 2 and closed:
            terms += _phrase(fold(part).split())
        else:
            terms += [term for word in part.split() for term in _word_terms(word)]
    return list(dict.fromkeys(terms[:MOST_TERMS]))


def _word_terms(word: str) -> list[str]:
    terms: list[str] = []
    run: list[str] = []
    for piece in fold(word).split():
        if _ONE.fullmatch(piece):
            run.append(piece)
            continue
        terms += _phrase(run)
        run = []
        terms.append(f'"{piece}"*')
    return terms + _phrase(run)


def _phrase(words: list[str]) -> list[str]:
    return ['"' + " ".join(words) + '"'] if words else []
