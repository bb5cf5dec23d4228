"""A delegate as printed, matched to what the workspace knows: the person, the posts, and the appointments of the day.

What is not known yet becomes drafts of its own, saved with the event in one step. Nothing is guessed silently: what is
new is said, and a person is only taken for a known one where the rules of `persons.py` are certain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from legation.fields.draft import Draft, new_draft
from legation.fields.folding import fold
from legation.fields.fuzzy_dates import could_overlap
from legation.fields.names import match_key, organisation_key, split_name
from legation.i18n import _
from legation.matching.name_order import can_turn
from legation.matching.persons import PersonFacts, likely_same
from legation.matching.printed_persons import PrintedPerson, PrintedPost, parse_printed
from legation.records.catalogue import record_type, table_named
from legation.records.organisation import STATELESS_KINDS
from legation.storage.labels import labels
from legation.storage.office_holders import posts_held
from legation.storage.reading import Reader
from legation.storage.suggesting import suggest

MOST_ALIKE = 12
OF_STATE = ("ministry", "parliament", "government", "presidency")
"""Kinds of bodies that every state has, and that are looked for among its own."""
APPOINTMENT = record_type("appointment")
Bounds = tuple[str, str]


@dataclass(frozen=True)
class Understood:
    """A delegate's line: its draft, the person, what is known or new with the posts, the names of what it points at.

    `country` is the code of the state on whose side the person most likely sits, None where nothing tells it.
    """

    draft: Draft
    label: str
    also: str
    names: Mapping[tuple[str, Any], str] = field(default_factory=dict)
    matched: str = ""
    country: str | None = None


@dataclass
class _Found:
    """What is collected while one line is understood."""

    names: dict[tuple[str, Any], str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    bodies: dict[tuple[str, str | None], Draft] = field(default_factory=dict)


def country_words(reader: Reader) -> dict[str, str]:
    """The code of each country by its folded name, codes and other names."""
    country, alias = table_named("country"), table_named("alias")
    found: dict[str, str] = {}
    for code, name, iso2 in reader.rows(select(country.c.code, country.c.name, country.c.iso2)):
        found |= {fold(each): code for each in (name, code, iso2) if each}
    for code, name in reader.rows(select(alias.c.country, alias.c.name).where(alias.c.country.is_not(None))):
        found.setdefault(fold(name), code)
    return found


def understand(
    reader: Reader, text: str, day: Bounds, country: str | None = None, words: Mapping[str, str] | None = None
) -> Understood | None:
    """A printed person as a delegate's draft; None when the text names nobody.

    `day` bounds the event's date, `country` is the party's; `words` are those of `country_words`, read when not given.
    """
    printed = parse_printed(text, words if words is not None else country_words(reader), country)
    if not printed.name:
        return None
    found = _Found()
    state = next((each.country for each in printed.posts if each.country), country)
    posts = [(each, _post(reader, each, found)) for each in printed.posts if each.body]
    person = _person(reader, printed, state, [id for _each, id in posts if isinstance(id, int)], found)
    line = new_draft(record_type("delegate"), person_id=person)
    if stated := _stated(text, printed):
        line["stated_as"] = stated
    if not printed.posts and isinstance(person, int):
        _act_as_known(reader, line, person, day, found)
    for _printed, post in posts:
        appointment = _appointment(reader, person, post, day, found)
        line.add_line("capacities", new_draft(record_type("capacity"), appointment_id=appointment))
    new = ", ".join(dict.fromkeys(found.new))
    state_of_it = _("new: {what}").format(what=new) if new else _("known")
    name = str(person["name"]) if isinstance(person, Draft) else found.names[("person", person)]
    if isinstance(person, Draft) and can_turn(person):
        state_of_it = f"{state_of_it} · {_('family name {name}').format(name=person['family_name'])}"
    return Understood(line, name, " · ".join((state_of_it, *_titles(printed))), found.names, country=state)


def _act_as_known(reader: Reader, line: Draft, person: int, day: Bounds, found: _Found) -> None:
    """Let somebody of whom one post is known that day act in it."""
    held = posts_held(reader, person, *day)
    if len(held) == 1:
        found.names |= {("appointment", key): text for key, text in labels(reader, APPOINTMENT, held).items()}
        line.add_line("capacities", new_draft(record_type("capacity"), appointment_id=held[0]))


def _titles(printed: PrintedPerson) -> list[str]:
    return [each.title if not each.body else f"{each.title}, {each.body}" for each in printed.posts]


def _stated(text: str, printed: PrintedPerson) -> str:
    """The titles word for word: the printed text without the name."""
    whole = " ".join(text.split())
    before, _name, after = whole.partition(printed.name)
    parts = [part.strip(" ,;-–—") for part in (before, after)]
    stated = ", ".join(part for part in parts if part)
    return stated if printed.posts else ""


def _person(reader: Reader, printed: PrintedPerson, state: str | None, posts: Sequence[int], found: _Found) -> Any:
    """The id of a person who is certainly the printed one, else a draft of a new one."""
    offered = suggest(reader, "person", printed.name, limit=MOST_ALIKE, recent=False)
    facts = PersonFacts(printed.name, country=state, posts=frozenset(posts))
    known = person_facts(reader, [each.id for each in offered])
    alike = likely_same(facts, known)
    sure = [each for each, verdict in alike if verdict.is_certain]
    if not sure and " " not in printed.name:
        sure = _of_family(known, printed.name, state)
    if len(sure) == 1 and sure[0].id is not None:
        found.names[("person", sure[0].id)] = sure[0].name
        return sure[0].id
    if alike:
        found.new.append(_("official, though alike to {name}").format(name=alike[0][0].name))
    else:
        found.new.append(_("official"))
    parts = split_name(printed.name, state)
    person = new_draft(record_type("person"), name=parts.display or printed.name)
    for name, value in (("family_name", parts.family), ("given_name", parts.given), ("patronymic", parts.patronymic)):
        if value and not parts.undecided:
            person[name] = value
    if state is not None:
        person["country"] = state
        _name_country(reader, state, found)
    return person


def _of_family(known: Sequence[PersonFacts], family: str, state: str | None) -> list[PersonFacts]:
    """Those of a family name, of the party's state where one is known to be."""
    key = match_key(family)
    named = [each for each in known if each.family and match_key(each.family) == key]
    return [each for each in named if each.country == state] or named


def person_facts(reader: Reader, ids: Sequence[int]) -> list[PersonFacts]:
    """What is known of persons for comparing them with others, in the order of their ids."""
    person, alias = table_named("person"), table_named("alias")
    appointment, post = table_named("appointment"), table_named("post")
    wanted = list(ids)
    others: dict[int, list[str]] = {}
    for id, name in reader.rows(select(alias.c.person_id, alias.c.name).where(alias.c.person_id.in_(wanted))):
        others.setdefault(id, []).append(name)
    held: dict[int, list[tuple[int, int]]] = {}
    joined = select(appointment.c.person_id, post.c.id, post.c.organisation_id).join(
        post, post.c.id == appointment.c.post_id
    )
    for id, chair, body in reader.rows(joined.where(appointment.c.person_id.in_(wanted))):
        held.setdefault(id, []).append((chair, body))
    columns = (person.c.id, person.c.name, person.c.family_name, person.c.given_name, person.c.country)
    rows = reader.rows(select(*columns).where(person.c.id.in_(wanted)).order_by(person.c.id))
    return [
        PersonFacts(
            name,
            family,
            given,
            state,
            frozenset(chair for chair, _body in held.get(id, ())),
            frozenset(body for _chair, body in held.get(id, ())),
            tuple(others.get(id, ())),
            id=id,
        )
        for id, name, family, given, state in rows
    ]


def _post(reader: Reader, printed: PrintedPost, found: _Found) -> Any:
    """The id of the post with this title in this body, else a draft of it, in a known body or a new one."""
    body = _body(reader, printed, found)
    if isinstance(body, int):
        post, alias = table_named("post"), table_named("alias")
        here = select(post.c.id, post.c.title, post.c.accredited_to).where(post.c.organisation_id == body)
        other = select(alias.c.post_id, alias.c.name).join(post, post.c.id == alias.c.post_id)
        rows = reader.rows(here)
        titles = [(id, title) for id, title, accredited in rows if accredited in (None, printed.accredited_to)]
        titles += reader.rows(other.where(post.c.organisation_id == body))
        same = next((id for id, title in titles if fold(title) == fold(printed.title)), None)
        if same is not None:
            found.names |= {("post", key): text for key, text in labels(reader, record_type("post"), [same]).items()}
            return int(same)
    made = new_draft(record_type("post"), title=printed.title, organisation_id=body, rank=printed.rank)
    if printed.accredited_to is not None:
        made["accredited_to"] = printed.accredited_to
        _name_country(reader, printed.accredited_to, found)
    found.new.append(_("post"))
    return made


def _body(reader: Reader, printed: PrintedPost, found: _Found) -> Any:
    """The id of the body a post belongs to, by its key with or without the country's name, else a draft of it."""
    country = ""
    if printed.country is not None:
        country = labels(reader, record_type("country"), [printed.country]).get(printed.country, "")
    keys = {organisation_key(printed.body)}
    if country:
        keys.add(organisation_key(f"{printed.body} of {country}"))
    same = _body_of_state(reader, keys, printed.country) if printed.country is not None else None
    if same is None and (printed.country is None or printed.kind not in OF_STATE):
        same = _body_so_called(reader, keys, printed.body, printed.country)
    if same is not None:
        found.names[("organisation", same[0])] = same[1]
        return same[0]
    key = (organisation_key(printed.body), printed.country)
    if key not in found.bodies:
        found.bodies[key] = _new_body(printed, country)
        found.new.append(_("organisation"))
        if printed.country is not None:
            found.names[("country", printed.country)] = country
    return found.bodies[key]


def _body_of_state(reader: Reader, keys: Set[str], country: str) -> tuple[int, str] | None:
    """The body of a state whose name, or another name of it, has one of the keys."""
    organisation, alias = table_named("organisation"), table_named("alias")
    own = organisation.c.country == country
    named = list(reader.rows(select(organisation.c.id, organisation.c.name).where(own)))
    others = select(alias.c.organisation_id, alias.c.name).join(
        organisation, organisation.c.id == alias.c.organisation_id
    )
    named += reader.rows(others.where(own))
    return next(((int(id), name) for id, name in named if organisation_key(name) in keys), None)


def _body_so_called(reader: Reader, keys: Set[str], printed: str, country: str | None) -> tuple[int, str] | None:
    """The body whose name has one of the keys, among those whose names have the printed words; of no other state."""
    ids = [each.id for each in suggest(reader, "organisation", printed, limit=MOST_ALIKE, recent=False, by_name=True)]
    organisation, alias = table_named("organisation"), table_named("alias")
    columns = (organisation.c.id, organisation.c.name, organisation.c.country)
    known = list(reader.rows(select(*columns).where(organisation.c.id.in_(ids))))
    states = {id: state for id, _name, state in known}
    named = [(id, name) for id, name, _state in known]
    named += reader.rows(select(alias.c.organisation_id, alias.c.name).where(alias.c.organisation_id.in_(ids)))
    fitting = ((int(id), name) for id, name in named if organisation_key(name) in keys)
    return next((each for each in fitting if states[each[0]] in (None, country)), None)


def _new_body(printed: PrintedPost, country: str) -> Draft:
    name = printed.body
    if printed.kind in OF_STATE and country and fold(country) not in fold(name):
        name = f"{name} of {country}"
    made = new_draft(record_type("organisation"), name=name, kind=printed.kind)
    if printed.country is not None and printed.kind not in STATELESS_KINDS:
        made["country"] = printed.country
    return made


def _appointment(reader: Reader, person: Any, post: Any, day: Bounds, found: _Found) -> Any:
    """The id of the person's appointment to the post, one that may cover the day before others, else a draft."""
    if isinstance(person, int) and isinstance(post, int):
        table = table_named("appointment")
        columns = (table.c.id, table.c.period_from, table.c.period_to)
        held = select(*columns).where(table.c.person_id == person, table.c.post_id == post)
        rows = reader.rows(held.order_by(table.c.period_from.desc()))
        if rows:
            covering = [id for id, first, last in rows if could_overlap((first, last), day)]
            id = (covering or [row[0] for row in rows])[0]
            named = labels(reader, APPOINTMENT, [id])
            found.names |= {("appointment", key): text for key, text in named.items()}
            return int(id)
        found.new.append(_("appointment"))
    return new_draft(record_type("appointment"), person_id=person, post_id=post)


def _name_country(reader: Reader, code: str, found: _Found) -> None:
    named = labels(reader, record_type("country"), [code])
    found.names |= {("country", key): text for key, text in named.items()}
