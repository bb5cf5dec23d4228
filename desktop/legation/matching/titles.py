"""A short and neutral title for an event, proposed from its kind and its parties until somebody writes another.

Works on plain values: who collects them is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from legation.i18n import _
from legation.records.vocabulary import EVENT_KIND_WORDS

MOST_NAMED = 4  # parties named in a title
BY_HEADS = ("meeting", "courtesy_call")
_TAKES_ARTICLE = re.compile(
    r"^(?:United (?:States|Kingdom|Nations|Arab|Republic)|Union of |Republic of |Democratic Republic of |Kingdom of "
    r"|State of |Federa(?:l|ted) |Holy See$|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles"
    r"|Soviet |Congo|Isle of )"
    r"|^(?!.* and the |.* Island and )"
    r".*(?:Republic|Union|Islands|Federation|Emirates|Confederation|Kingdom)(?: \(.*\))?$"
)


@dataclass(frozen=True)
class Side:
    """A party: its name, its demonym where it is a country that has one, the family names of its heads."""

    name: str
    demonym: str = ""
    heads: tuple[str, ...] = ()
    is_host: bool = False


def propose_title(kind: str, sides: Sequence[Side]) -> str:
    """A title such as "Turkmen-Japanese consultations"; "" while there are no parties or no kind."""
    words = _(EVENT_KIND_WORDS.get(kind, ""))
    if not words or not sides:
        return ""
    if kind == "visit":
        return _visit(words, sides)
    if kind in BY_HEADS and len(sides) == 2 and all(len(each.heads) == 1 for each in sides):
        one, other = (each.heads[0] for each in sides)
        return _("{one} - {other} {kind}").format(one=one, other=other, kind=words.lower())
    if len(sides) <= 2 and all(each.demonym for each in sides):
        who = "-".join(each.demonym for each in sides)
        return _("{who} {kind}").format(who=who, kind=words.lower())
    if len(sides) > MOST_NAMED:
        return _("{kind} of {count} parties").format(kind=words, count=len(sides))
    return _("{kind} of {who}").format(kind=words, who=_listed([with_article(each.name) for each in sides]))


def with_article(name: str) -> str:
    """A name as it stands in a sentence: the Netherlands, the United Kingdom, the Dominican Republic; Japan."""
    return _("the {name}").format(name=name) if takes_article(name) else name


def takes_article(name: str) -> bool:
    """Whether the English name of a state or body has an article before it in a sentence."""
    return _TAKES_ARTICLE.search(name) is not None


def _visit(words: str, sides: Sequence[Side]) -> str:
    hosts = [each for each in sides if each.is_host]
    guests = [each for each in sides if not each.is_host]
    if len(hosts) != 1 or not guests:
        named = [with_article(each.name) for each in guests or sides]
        if len(guests) == 1 and guests[0].heads:
            named = [guests[0].heads[0]]
        return _("{kind} of {who}").format(kind=words, who=_listed(named))
    host = with_article(hosts[0].name)
    if len(guests) == 1 and guests[0].heads:
        return _("{kind} of {who} to {host}").format(kind=words, who=guests[0].heads[0], host=host)
    if len(guests) == 1 and guests[0].demonym:
        told = _("{kind} of the {demonym} delegation to {host}")
        return told.format(kind=words, demonym=guests[0].demonym, host=host)
    who = _listed([with_article(each.name) for each in guests])
    return _("{kind} of {who} to {host}").format(kind=words, who=who, host=host)


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
