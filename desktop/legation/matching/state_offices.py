"""The offices that every state has, by their titles alone: President, Queen, Prime Minister, Foreign Minister.

A table rarely says of which body a prime minister is prime minister. The body of a head of state is the presidency of
the state, that of all others whose body is not printed is its government; both are told as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from legation.fields.folding import fold
from legation.matching.post_words import rank_of
from legation.matching.printed_persons import PrintedPost, parse_post
from legation.matching.titles import takes_article

_HEADS = {
    "president", "king", "queen", "emperor", "empress", "shah", "amir", "emir", "sultan", "pope", "grand duke",
    "grand duchess", "head of state", "chief of state", "regent", "captain regent", "chairman of the presidency",
    "chairwoman of the presidency", "president of the republic", "federal president", "supreme leader",
    "yang di pertuan agong", "prasident", "presidente", "bundesprasident", "prezident", "roi", "reine", "rey",
    "reina", "konig", "konigin",
}  # fmt: skip
_NEXT_TO_HEADS = {"vice president", "crown prince", "crown princess", "governor general", "president elect", "prince"}
_PRINCES = {"MCO", "LIE"}  # whose prince is the head of state
_HEADS_OF_GOVERNMENT = {
    "prime minister", "premier", "chancellor", "federal chancellor", "taoiseach", "head of government",
    "premier minister", "chairman of the council of ministers", "president of the council of ministers",
    "president of the government", "minister president", "chairman of the cabinet of ministers", "premier ministre",
    "primer ministro", "primera ministra", "premierminister", "premierministerin", "bundeskanzler",
    "bundeskanzlerin", "kanzler", "primeiro ministro", "presidente del consiglio", "premer ministr",
    "chief executive",
}  # fmt: skip
_DEPUTIES = {"deputy prime minister", "vice premier", "vice prime minister", "tanaiste", "vice chancellor"}
_LEADERS = {
    "general secretary",
    "first secretary",
    "chairman",
    "leader",
    "head of the junta",
    "junta member",
    "president of the junta",
}
_RANKS_ONLY = {  # what stands before a name and is no office
    "general", "brigadier general", "lieutenant general", "major general", "colonel", "field marshal", "marshal",
    "admiral", "captain", "major", "sheikh", "sheik", "shaikh", "lord", "lady", "sir", "dame", "prince", "princess",
    "archbishop", "cardinal", "doctor", "professor", "mr", "mrs", "ms", "dr", "senator",
}  # fmt: skip
_PERSONAL = {"sheikh", "sheik", "shaikh", "lord", "lady", "sir", "prince", "dr", "mr"}
_ACTING = re.compile(r"\b(?:acting|interim|caretaker|ad interim|a\.i\.)\b", re.IGNORECASE)
_TO = re.compile(r"^(?P<title>[^,]*\bambassador\b[^,]*?) to (?:the )?(?P<host>[^,]+)$", re.IGNORECASE)
_DESIGNATE = re.compile(r"[\s-]+(?:elect|designate)\b", re.IGNORECASE)


@dataclass(frozen=True)
class StateOffice:
    """A title taken apart: the post with its body, the status of who holds it, whether the body was printed."""

    post: PrintedPost
    status: str = "full"
    is_body_printed: bool = True


def office_of(title: str, state: str | None, name: str, countries: Mapping[str, str]) -> StateOffice | None:
    """The office that a title names, for somebody of a state (its code and name); None where it names none.

    `countries` are the codes by folded name. Without a state, only a title that names its body makes an office.
    """
    status = "full"
    bare = " ".join(title.split()).strip(" ,.;")
    if _ACTING.search(bare):
        bare, status = " ".join(_ACTING.sub(" ", bare).split()).strip(" ,()"), "acting"
    bare = re.sub(r"\s*-\s*", "-", bare)
    if _DESIGNATE.search(bare):  # an office of its own, so that the same person may then hold the real one
        bare, status = _DESIGNATE.sub("-elect", bare), "designate"
    bare = _without_ranks(bare)
    folded = fold(bare)
    if not folded or (folded in _RANKS_ONLY and not (folded == "prince" and state in _PRINCES)):
        return None
    if (
        state
        and (to := _TO.match(bare))
        and " of " not in f"{to['title']} "
        and (host := countries.get(fold(to["host"])))
    ):
        return mission(to["title"], (state, name), (host, to["host"]), status)
    printed = parse_post(bare, countries, state)
    own = _plain_office(folded, state)
    if own is None and printed.body:
        return StateOffice(printed, status)
    if state is None:
        return None
    kind, rank = own or ("government", printed.rank)
    body = f"{'Presidency' if kind == 'presidency' else 'Government'} of {_named(name)}"
    return StateOffice(PrintedPost(bare, body, kind, state, rank=rank), status, is_body_printed=False)


def mission(title: str, sender: tuple[str, str], host: tuple[str, str], status: str = "full") -> StateOffice:
    """The post of a title in the embassy of a state in another; each state is its code and name."""
    (state, name), (there, where) = sender, host
    body = f"Embassy of {_named(name)} in {_named(where)}"
    post = PrintedPost(title, body, "diplomatic_mission", state, accredited_to=there, rank=rank_of(title))
    return StateOffice(post, status)


def _named(name: str) -> str:
    """The name of a country as it stands after "of" and "in"."""
    return f"the {name}" if takes_article(name) else name


def _without_ranks(title: str) -> str:
    """The title without the ranks printed after it: Prime Minister Lord, Amir Sheikh, Premier and Prince."""
    words = title.split()
    while len(words) > 1 and fold(words[-1]) in _PERSONAL and fold(words[-2]) != "crown":
        words.pop()
        while len(words) > 1 and fold(words[-1]) in ("and", ""):
            words.pop()
    joined = " ".join(words)
    first, _mark, rest = joined.partition("-")
    return first if rest and fold(rest) in _PERSONAL else joined


def _plain_office(folded: str, state: str | None) -> tuple[str, int] | None:
    """The kind of body and the rank of an office of the state itself."""
    if folded == "prince" and state in _PRINCES:
        return "presidency", 10
    if folded in _HEADS:
        return "presidency", 10
    if folded in _NEXT_TO_HEADS or (folded.endswith(" elect") and folded[:-6] in _HEADS | _HEADS_OF_GOVERNMENT):
        return "presidency", 15
    if folded in _HEADS_OF_GOVERNMENT:
        return "government", 20
    if folded in _DEPUTIES:
        return "government", 35
    if folded in _LEADERS:
        return "government", 15
    words = folded.split()
    if len(words) < 4 and rank_of(folded) < 99 and " of " not in f" {folded} " and words[-1] != "ambassador":
        return None if words[:2] == ["foreign", "minister"] else ("government", rank_of(folded))
    return None
