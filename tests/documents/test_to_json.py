"""Reports as JSON: as the schema that is handed out describes them, and a digest that anybody can make again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from documents.rich_document import chronology, rich_document, words_document
from legation.documents.digest import digest_of
from legation.documents.document import Document
from legation.documents.earlier_issue import about_from
from legation.documents.to_json import about_of, to_json
from legation.paths import resources

SCHEMA = json.loads((resources() / "help" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def _told(document: Document) -> Any:
    return json.loads(to_json(document))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("document", [rich_document(20), rich_document(0), words_document(["a"]), Document("Bare")])
def test_a_report_is_as_the_schema_says(document: Document) -> None:
    VALIDATOR.validate(_told(document))


def test_what_a_report_was_made_of_is_as_the_schema_says() -> None:
    about = rich_document(3).about
    assert about is not None
    for each in (about, replace(about, since=17)):
        VALIDATOR.evolve(schema={"$ref": "#/$defs/about", "$defs": SCHEMA["$defs"]}).validate(about_of(each))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("tables"),
        lambda told: told.update(surplus=1),
        lambda told: told.update(revision="42"),
        lambda told: told.update(sha256="no digest"),
        lambda told: told["tables"][0]["columns"][0].update(kind="colour"),
        lambda told: told["tables"][0]["groups"][0]["rows"][0]["cells"]["count"].update(value=1.5),
        lambda told: told["tables"][0]["groups"][0]["rows"][0].update(change="lost"),
        lambda told: told["sources"][0].update(number=0),
    ],
)
def test_the_schema_refuses_what_is_no_report(spoil: Any) -> None:
    told = _told(rich_document(20))
    VALIDATOR.validate(told)
    spoil(told)
    assert not VALIDATOR.is_valid(told)


def test_the_digest_tells_what_says_the_same_from_what_does_not() -> None:
    first = rich_document(20)
    assert digest_of(first) == digest_of(rich_document(20)) == _told(first)["sha256"]
    table = chronology(20)
    others = [
        replace(first, title="Another"),
        replace(first, notes=first.notes[:-1]),
        replace(first, blocks=first.blocks[:-2]),
        replace(first, blocks=[replace(table, title="Other"), *first.tables[1:]]),
        replace(first, blocks=[chronology(19), *first.tables[1:]]),
    ]
    digests = {digest_of(each) for each in (first, *others)}
    assert len(digests) == 1 + len(others)
    assert digest_of(replace(first, about=None, calendar=[])) == digest_of(first)


def _of_rows(parts: list[str]) -> str:
    return hashlib.sha256("".join(f"\x1f{each}" for each in parts).encode("utf-8")).hexdigest()


@pytest.mark.parametrize("document", [rich_document(20), rich_document(0), words_document(["a", "b"])])
def test_anybody_can_make_the_digest_again_from_the_file(document: Document) -> None:
    told = _told(document)
    parts = [told["title"]]
    for table in told["tables"]:
        parts += [table["name"], table["title"]]
        parts += [words for column in table["columns"] for words in (column["name"], column["label"])]
        parts += [part for group in table["groups"] for part in (group["title"], str(len(group["rows"])))]
        rows = [row for group in table["groups"] for row in group["rows"]]
        parts += [_of_rows([str(row.get(each, "")) for row in rows]) for each in ("key", "level", "change")]
        for column in table["columns"]:
            cells = [row["cells"][column["name"]] for row in rows]
            parts.append(_of_rows([cell["text"] for cell in cells]))
            parts.append(_of_rows([str(cell.get("value", "")) for cell in cells]))
            parts.append(_of_rows([",".join(map(str, cell.get("sources", []))) for cell in cells]))
    for source in told["sources"]:
        parts += [str(source["number"]), source["note"], *source["urls"]]
    assert hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest() == digest_of(document)


def test_cells_carry_words_values_and_sources() -> None:
    told = _told(rich_document(20))
    first = told["tables"][0]["groups"][0]["rows"][0]
    assert first["cells"]["date"]["value"] == "2019-01"
    assert first["cells"]["count"] == {"text": "0", "value": 0}
    assert first["cells"]["sources"]["sources"] == [1]
    assert {row.get("change") for group in told["tables"][0]["groups"] for row in group["rows"]} == {
        None, "added", "corrected", "withdrawn",
    }  # fmt: skip


def test_what_the_first_version_told_of_a_report_is_still_read() -> None:
    about = rich_document(3).about
    assert about is not None
    assert about_from(about_of(about) | {"legation_report": 1}) == about
