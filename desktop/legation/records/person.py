"""Officials and other persons. Titles, ministries and ranks belong to appointments, because they change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, select

from legation.fields.kinds import FUZZY_DATE, LONG_TEXT, TEXT, WIKIDATA, choice, link
from legation.fields.record_type import Lines, RecordType, derived, field
from legation.i18n import N_
from legation.records.columns import KEPT, code_link, one_of, optional_text, required_text, row_id, uid
from legation.records.row import Row
from legation.records.vocabulary import GENDERS


class Person(Row, table=True):
    """A person; `name` is the preferred form in the order the person's own state uses, `sort_name` is derived."""

    __tablename__ = "person"
    __table_args__: Any = (
        one_of("gender", GENDERS, name="ck_person_gender"),
        CheckConstraint("wikidata GLOB 'Q[1-9]*'", name="ck_person_wikidata"),
        KEPT,
    )
    id: int | None = row_id()
    uid: str = uid()
    name: str = required_text()
    family_name: str | None = optional_text()
    given_name: str | None = optional_text()
    patronymic: str | None = optional_text()
    sort_name: str = required_text(index=True)
    country: str | None = code_link("country.code")
    gender: str | None = optional_text()
    birth_date: str | None = optional_text()
    wikidata: str | None = optional_text(unique=True)
    note: str | None = optional_text()


def posts_held() -> Any:
    """The titles of the posts whose appointment is not known to have ended, best rank first, joined by a semicolon."""
    from sqlalchemy import func

    from legation.records.appointment import Appointment
    from legation.records.columns import LATEST
    from legation.records.post import Post

    titles = (
        select(Post.title.label("title"))  # type: ignore[attr-defined]
        .join(Appointment, Appointment.post_id == Post.id)  # type: ignore[arg-type]
        .where(Appointment.person_id == Person.id, Appointment.period_to == LATEST)  # type: ignore[arg-type]
        .order_by(Post.rank, Appointment.id)  # type: ignore[arg-type]
        .correlate(Person)
        .subquery()
    )
    return select(func.group_concat(titles.c.title, "; ")).scalar_subquery()


PERSON = RecordType(
    table=Person,
    label=N_("Official"),
    plural=N_("Officials"),
    one_line="{name}",
    fields=(
        field("name", N_("Name"), TEXT, required=True, search=True, help=N_("As the person's own state writes it.")),
        field("family_name", N_("Family name"), TEXT, search=True),
        field("given_name", N_("Given name"), TEXT, search=True),
        field("patronymic", N_("Patronymic"), TEXT, search=True, rare=True),
        field("country", N_("Country"), link("country"), help=N_("The state the person is a national of or serves.")),
        derived("posts", N_("Posts"), TEXT, posts_held),
        field("gender", N_("Gender"), choice(GENDERS), rare=True),
        field(
            "birth_date",
            N_("Born"),
            FUZZY_DATE,
            help=N_("The year alone is enough to tell namesakes apart."),
            rare=True,
        ),
        field("wikidata", N_("Wikidata"), WIKIDATA, rare=True),
        field("note", N_("Note"), LONG_TEXT, search=True),
    ),
    columns=("name", "country", "posts"),
    order=("sort_name",),
    lines=(
        Lines("appointments", N_("Posts held"), "appointment", "person_id"),
        Lines("aliases", N_("Other names"), "alias", "person_id"),
        Lines("citations", N_("Sources"), "citation", "person_id"),
    ),
)
