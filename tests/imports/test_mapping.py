"""Mappings as files that a person can read, and kept by name for files of the same shape."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from imports.text_tables import table
from legation.errors import UserError
from legation.imports.kept_mappings import forget_mapping, keep_mapping, kept_mappings
from legation.imports.mapping import Mapping, from_toml, to_toml
from legation.imports.planning import propose_mapping
from legation.imports.roles import LIKELY, ROLES, TYPES, roles_of
from legation.storage.database import Database

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(
    st.sampled_from(sorted(TYPES)),
    st.dictionaries(TEXTS, st.lists(st.sampled_from(sorted(ROLES)), max_size=3, unique=True).map(tuple), max_size=4),
    st.dictionaries(st.sampled_from(sorted(ROLES)), TEXTS, max_size=3),
    st.dictionaries(TEXTS, st.sampled_from(["day first", "month first", "year first, month only"]), max_size=2),
    st.sampled_from(LIKELY),
)
def test_there_and_back(
    type_name: str, columns: dict[str, tuple[str, ...]], values: dict[str, str], dates: dict[str, str], likely: str
) -> None:
    mapping = Mapping(type_name, columns, values, dates, likely, "Name", ("Who",), {"type": "because\nof this"})
    assert from_toml(to_toml(mapping)) == replace(mapping, reasons={})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("type = ", "is no TOML"),
        ("", "type is none of visits"),
        ('type = "visits"\nlikely = "perhaps"', "likely is none of"),
        ('type = "visits"\ncolumns = 3', r"\[columns\] is no table"),
        ('type = "visits"\n[columns]\n"a" = "guest.shoe"', "nothing is called “guest.shoe”"),
        ('type = "visits"\n[dates]\n"a" = "sideways"', "“sideways” is none of"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        from_toml(text, where="m.toml")


def test_a_kept_mapping_is_proposed_for_a_file_of_the_same_shape(database: Database) -> None:
    mapping = Mapping("visits", {"Wann": ("event.date",), "Wer": ("guest.persons",)}, {"host.country": "TKM"})
    keep_mapping(database, mapping, "Besuche")
    shape = table("Neu,WER,wann,Auch neu\na,b,2020-01-02,c\n")
    with closing(database.reader()) as reader:
        found = propose_mapping(reader, shape)
        assert [each.name for each in kept_mappings(reader)] == ["Besuche"]
        other = propose_mapping(reader, table("Name,Position\nA B,Minister\n"))
    assert found.name == "Besuche" and found.columns == {"wann": ("event.date",), "WER": ("guest.persons",)}
    assert found.values == {"host.country": "TKM"} and "Besuche" in found.reasons["type"]
    assert other.type == "officials"
    forget_mapping(database, "Besuche")
    with closing(database.reader()) as reader:
        assert kept_mappings(reader) == []


def test_a_kept_mapping_is_replaced_by_its_name(database: Database) -> None:
    keep_mapping(database, Mapping("visits"), "One")
    keep_mapping(database, Mapping("officials"), " One ")
    with closing(database.reader()) as reader:
        assert [each.type for each in kept_mappings(reader)] == ["officials"]
    with pytest.raises(UserError):
        keep_mapping(database, Mapping("visits"), "  ")


def test_each_type_has_roles() -> None:
    for name in TYPES:
        assert len(roles_of(name)) > 5
