"""Words of which two are spelt alike, found among many without comparing each with each.

Two words that differ in one place have the same beginning or the same end; most others that are spelt alike have the
same consonants. Only such are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

SHORT = 6  # letters of a word of which only two at each end are looked at, and three of longer ones
VOWELS = str.maketrans(dict.fromkeys("aeiou"))
LEAST = 75  # per cent: two words of four letters of which one differs


def alike_pairs(words: Iterable[str], is_alike: Callable[[str, str], bool]) -> Iterator[tuple[str, str] | None]:
    """Every pair of different words that `is_alike` accepts, each once; None now and then, so that others may go on."""
    blocks: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        for block in _blocks(word):
            blocks.setdefault(block, []).append(word)
    seen: set[tuple[str, str]] = set()
    for near in blocks.values():
        for place, word in enumerate(near[:-1]):
            for other, _score, _at in process.extract(
                word, near[place + 1 :], scorer=ratio, score_cutoff=LEAST, limit=None
            ):
                if (word, other) not in seen and is_alike(word, other):
                    seen.add((word, other))
                    yield word, other
        yield None


def _blocks(word: str) -> tuple[str, ...]:
    edges = [edge for edge, holds in ((2, len(word) <= SHORT), (3, len(word) >= SHORT)) if holds]
    ends = [block for edge in edges for block in (f"{word[:edge]}…", f"…{word[-edge:]}")]
    return tuple(dict.fromkeys((*ends, word.translate(VOWELS))))
