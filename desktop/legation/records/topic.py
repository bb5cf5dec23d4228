"""Topics: what is talked about, in two levels. A topic without a parent is a basket."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint

from legation.fields.kinds import TEXT, code, link
from legation.fields.record_type import RecordType, field
from legation.i18n import N_
from legation.records.columns import KEPT, code_link, required_text, row_id
from legation.records.row import Row


class Topic(Row, table=True):
    """A topic such as E.oil-gas; its code is what other tables point at."""

    __tablename__ = "topic"
    __table_args__: Any = (CheckConstraint("parent <> code", name="ck_topic_parent"), KEPT)
    id: int | None = row_id()
    code: str = required_text(unique=True)
    name: str = required_text(unique=True)
    parent: str | None = code_link("topic.code")


TOPIC_CODE = code(
    r"[A-Z](\.[a-z0-9-]+)?", N_("A topic code is a capital letter, or one with a dot and a word: E.power.")
)

TOPIC = RecordType(
    table=Topic,
    label=N_("Topic"),
    plural=N_("Topics"),
    one_line="{name}",
    key="code",
    fields=(
        field("code", N_("Code"), TOPIC_CODE, required=True, search=True),
        field("name", N_("Name"), TEXT, required=True, search=True),
        field("parent", N_("Basket"), link("topic")),
    ),
    columns=("code", "name", "parent"),
    order=("code",),
)
