"""A person as a dispatch prints one: name and posts taken apart, in whatever order and with whatever honorifics.

Works on text alone. Which words name countries is handed in, as folded names with their codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from legation.fields.folding import fold
from legation.fields.names import strip_honorifics
from legation.matching.post_words import AREAS, BODIES, POSTS, rank_of
from legation.records.organisation import STATELESS_KINDS

MOST_NAME_WORDS = 4
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪]|\(?\d{1,3}[.)]|[a-z][.)])\s*")
_PARTS = re.compile(r"\s*[,;()–—]\s*|\s+-\s+")
_PARTICLES = {"van", "von", "de", "der", "den", "da", "dos", "del", "della", "di", "du", "la", "le", "ter", "bin",
              "ibn", "al", "el", "bint", "abu"}  # fmt: skip
_MINISTRY = re.compile(
    r"^(?P<title>.+?) (?:of|at|in) (?:the )?"
    r"(?P<body>(?:Ministry|Department|Embassy|Mission|Parliament|Senate|Cabinet)\b.*?)"
    r"(?: (?P<duty>for .+))?$",
    re.IGNORECASE,
)
_AMBASSADOR = re.compile(r"^(?P<title>.*?ambassador.*?) of (?P<home>.+?) (?:to|in) (?P<host>.+)$", re.IGNORECASE)
_MINISTER = re.compile(
    r"^(?P<title>(?:.*\b)?minister) (?:of|for) (?P<area>.+?)(?: of (?:the )?(?P<home>[^,]+))?$", re.IGNORECASE
)
_FOREIGN = re.compile(r"^(?P<before>.*?)foreign minister(?: of (?:the )?(?P<home>.+))?$", re.IGNORECASE)
_BOARD = re.compile(r"^(?P<title>.*?board(?: of \w+)?)(?: (?:of|at) (?:the )?(?P<body>.+))?$", re.IGNORECASE)
_OF = re.compile(r"^(?P<title>.*?\bsecretary of state|.+?) (?:of|at) (?:the )?(?P<body>.+)$", re.IGNORECASE)
_AND = re.compile(
    rf"\s+and\s+(?=(?:the )?(?:{'|'.join(sorted(POSTS - {'plenipotentiary'}))})\b)|\s+and\s*$", re.IGNORECASE
)
_FORMER = re.compile(r"(?:the )?(?:former|ex)\b", re.IGNORECASE)
HEADS_OF_STATE = {"president", "king", "queen", "emir", "sultan", "vice president", "prince"}
HEADS_OF_GOVERNMENT = {"prime minister", "deputy prime minister", "chancellor", "premier", "vice premier"}


@dataclass(frozen=True)
class PrintedPost:
    """A post: its title without the body, the body ("" when not said), the code of its country, its rank (2.9)."""

    title: str
    body: str = ""
    kind: str = "other"
    country: str | None = None
    accredited_to: str | None = None
    rank: int = 99


@dataclass(frozen=True)
class PrintedPerson:
    """The name without honorifics, and the posts in the order printed."""

    name: str
    posts: tuple[PrintedPost, ...] = ()


def read_list(text: str) -> list[str]:
    """The lines of a pasted list of participants, without bullets and numbers; empty lines and headings end in ":"."""
    lines = (" ".join(_BULLET.sub("", line).split()).strip(" ;.") for line in text.splitlines())
    return [line for line in lines if line and not line.endswith(":")]


def looks_printed(text: str) -> bool:
    """Whether a text says more than a name: it has a comma, or a word that only posts have."""
    words = set(fold(text).split())
    return bool(_PARTS.search(text.strip())) or bool(words & POSTS and len(words) > 1)


def parse_printed(text: str, countries: Mapping[str, str], home: str | None = None) -> PrintedPerson:
    """Take a printed person apart. `home` is the code of the party's country, for posts that name none."""
    parts = [part for part in _PARTS.split(" ".join(text.split())) if part]
    name, titles = _name_and_titles(parts, countries)
    now = [each for each in _joined(titles, countries) if not _FORMER.match(each)]  # nobody acts in a former post
    posts = [parse_post(each, countries, home) for each in now]
    return PrintedPerson(strip_honorifics(name) if name else "", tuple(_with_bodies(posts)))


def _is_post(part: str) -> bool:
    return bool(set(fold(part).split()) & POSTS)


def _name_and_titles(parts: Sequence[str], countries: Mapping[str, str]) -> tuple[str, list[str]]:
    """The part that is a name, or the name at an edge of a part that is a post; the other parts in order."""
    for at, part in enumerate(parts):
        bare = strip_honorifics(part)
        if not _is_post(bare) and _is_name(bare, countries):
            return bare, [each for number, each in enumerate(parts) if number != at]
    for at in (len(parts) - 1, 0) if parts else ():
        for name, rest in (_name_at_end(parts[at], countries), _name_at_start(parts[at])):
            if name:
                titles = [*parts[:at], rest, *parts[at + 1 :]]
                return name, [each for each in titles if each]
    return (parts[0], list(parts[1:])) if parts else ("", [])


def _is_name(part: str, countries: Mapping[str, str]) -> bool:
    words = part.split()
    if not words or len(words) > MOST_NAME_WORDS + 1 or fold(part) in countries:
        return False
    return all(_is_name_word(word) or fold(word) in _PARTICLES for word in words) and not any(
        fold(word) in BODIES for word in words
    )


def _is_name_word(word: str) -> bool:
    return bool(word[:1].isupper() or not word[:1].isascii()) and not any(each.isdigit() for each in word)


def _name_at_end(part: str, countries: Mapping[str, str]) -> tuple[str, str]:
    """The name that ends a part, and what stands before it."""
    words = part.split()
    taken = 0
    while taken < min(MOST_NAME_WORDS, len(words) - 1):
        word = words[-1 - taken]
        folded = fold(word)
        is_known = folded in POSTS or folded in AREAS or folded in BODIES or folded in countries
        if is_known or not (_is_name_word(word) or (taken and folded in _PARTICLES)):
            break
        taken += 1
    while taken and any(
        fold(" ".join(words[-taken - back : len(words) - taken + 1])) in countries for back in range(3)
    ):
        taken -= 1  # the end of the name of a country of several words
    if not taken or (
        taken == 1 and not words[-1].isupper() and len(words) > 1 and fold(words[-2]) in ("of", "the", "and", "for")
    ):
        return "", part
    return strip_honorifics(" ".join(words[-taken:])), " ".join(words[:-taken])


def _name_at_start(part: str) -> tuple[str, str]:
    """The name that begins a part, and the post after it."""
    words = strip_honorifics(part).split()
    at = next((number for number, word in enumerate(words) if fold(word) in POSTS), 0)
    while at > 0 and fold(words[at - 1]) in AREAS:
        at -= 1
    if not 0 < at <= MOST_NAME_WORDS:
        return "", part
    return " ".join(words[:at]), " ".join(words[at:])


def _joined(titles: Sequence[str], countries: Mapping[str, str]) -> list[str]:
    """The posts: a part without a word of a post belongs to the one before it, as its body."""
    found: list[str] = []
    for part in titles:
        for each in _AND.split(part):
            if _is_post(each) or not found:
                found.append(each)
            elif fold(each) in countries or " of " not in found[-1]:
                found[-1] = f"{found[-1]} of {each}"
            else:
                found[-1] = f"{found[-1]}, {each}"
    return [each for each in found if _is_post(each)]


def parse_post(text: str, countries: Mapping[str, str], home: str | None) -> PrintedPost:
    """A post with its body, by how posts of states, missions, boards and bodies are printed.

    The body is "" where the text names none; `home` is the code of the state that the post is taken to be of.
    """
    text = re.sub(r"^(?:the|then|acting|newly appointed|incumbent) ", "", text.strip(), flags=re.IGNORECASE)
    if match := _AMBASSADOR.match(text):
        sender, host = (_country(match[each], countries) for each in ("home", "host"))
        body = f"Embassy of {match['home']} in {match['host']}"
        return PrintedPost(match["title"], body, "diplomatic_mission", sender or home, host, rank_of(match["title"]))
    if match := _MINISTRY.match(text):
        duty = f" {match['duty']}" if match["duty"] else ""
        code = _country_at_end(match["body"], countries) or home
        return PrintedPost(
            match["title"] + duty, match["body"], kind_of_body(match["body"]), code, rank=rank_of(match["title"])
        )
    if match := _FOREIGN.match(text):
        text = f"{match['before']}Minister of Foreign Affairs" + (f" of {match['home']}" if match["home"] else "")
    if (match := _MINISTER.match(text)) and "prime" not in fold(match["title"]).split():
        area, state = match["area"], match["home"] or ""
        code = _country(state, countries)
        if code is None and state:
            area, state = f"{area} of {state}", ""
        title = f"{match['title']} of {area}"
        body = f"Ministry of {area}" + (f" of {state}" if state else "")
        return PrintedPost(title, body, "ministry", code or home, rank=rank_of(title))
    if (match := _BOARD.match(text)) and "board" in fold(text).split():
        return PrintedPost(
            match["title"], match["body"] or "", "company", home, rank=rank_of(match["title"], business=True)
        )
    if (match := _OF.match(text)) and not _is_area(match["body"]):
        return _of_body(match["title"], match["body"], countries, home)
    return PrintedPost(text, "", "other", home, rank=rank_of(text))


def _is_area(body: str) -> bool:
    """Whether what stands after "of" is what a post deals with, and names no body: Head of Division."""
    words = fold(body).split()
    return all(word in AREAS or word in ("and", "the", "of") for word in words) and not set(words) & set(BODIES)


def _home(kind: str, country: str | None) -> str | None:
    """The home state of a body, which an international one has not."""
    return None if kind in STATELESS_KINDS else country


def _of_body(title: str, body: str, countries: Mapping[str, str], home: str | None) -> PrintedPost:
    code = _country(body, countries)
    if code is not None and fold(title) in HEADS_OF_STATE:
        return PrintedPost(title, f"Presidency of {body}", "presidency", code, rank=rank_of(title, of_state=True))
    if code is not None:
        is_minister = fold(title) in HEADS_OF_GOVERNMENT
        return PrintedPost(
            title, f"Government of {body}", "government", code, rank=20 if is_minister else rank_of(title)
        )
    kind = kind_of_body(body)
    business = kind in ("company", "business_association", "joint_commission", "other")
    return PrintedPost(
        title, body, kind, _home(kind, _country_at_end(body, countries) or home), rank=rank_of(title, business=business)
    )


def _with_bodies(posts: Sequence[PrintedPost]) -> list[PrintedPost]:
    """Posts that name no body are posts of the body named next, else of the one named before."""
    found: list[PrintedPost] = []
    for at, post in enumerate(posts):
        if post.body:
            found.append(post)
            continue
        near = next((each for each in [*posts[at + 1 :], *reversed(posts[:at])] if each.body), None)
        if near is None:
            found.append(post)
        else:
            found.append(replace(near, title=post.title, accredited_to=None, rank=post.rank))
    return found


def _country(text: str, countries: Mapping[str, str]) -> str | None:
    folded = fold(text)
    return countries.get(folded) or countries.get(folded.removeprefix("the ").removeprefix("republic of "))


def _country_at_end(text: str, countries: Mapping[str, str]) -> str | None:
    """The country that a body's name ends with: Ministry of Foreign Affairs of Japan."""
    words = text.split()
    for count in range(min(5, len(words)), 0, -1):
        if code := _country(" ".join(words[-count:]), countries):
            return code
    return None


def kind_of_body(body: str) -> str:
    """The kind of a body (vocabulary 2.8), by the first word that tells it."""
    words = fold(body).split()
    return next((BODIES[word] for word in words if BODIES.get(word)), "other")
