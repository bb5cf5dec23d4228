"""Words of the index that are spelt nearly as typed ones: Gurbanow finds Gurbanov, Akhmet finds Ahmet.

Looks into the vocabulary of the full-text index, which every reading connection shows as the table `vocabulary`.
"""

from __future__ import annotations

from legation.fields.names import key_of_word
from legation.storage.reading import Reader

SHORTEST = 4  # letters of a word in which one may differ
MOST_WORDS = 6000  # of the vocabulary, looked at for one typed word
MOST_NEAR = 24
LETTERS = (2, 1)  # how many first letters must be the same: two, or one when that finds nothing


def near_words(reader: Reader, folded: str) -> str:
    """An FTS5 question for words near to the folded ones, all of them needed; "" when a word has none near it."""
    terms = []
    for word in folded.split():
        near = next((some for letters in LETTERS if (some := _near(reader, word, letters))), [])
        if not near:
            return ""
        terms.append("(" + " OR ".join(f'"{each}"' for each in near) + ")")
    return " AND ".join(terms)


def _near(reader: Reader, word: str, letters: int) -> list[str]:
    if len(word) < SHORTEST:
        return [word]
    beginning = word[:letters]
    rows = reader.sql(
        "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT ?",
        (beginning, beginning + "\U0010ffff", MOST_WORDS),
    )
    key = key_of_word(word)
    scored = [(_distance(word, key, term), term) for (term,) in rows if abs(len(term) - len(word)) < len(word)]
    return [term for distance, term in sorted(scored) if distance <= 1][:MOST_NEAR]


def _distance(word: str, key: str, term: str) -> int:
    """How many letters part a typed word from the beginning of a term; none where both sound alike."""
    sound = key_of_word(term)
    if sound[: len(key)] == key:
        return 0
    from rapidfuzz.distance import Levenshtein

    ends = (len(word) - 1, len(word), len(word) + 1)
    return min(Levenshtein.distance(word, term[:end], score_cutoff=1) for end in ends)
