"""The subcommand that makes one record of two."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from legation import cli
from legation.fields.draft import new_draft
from legation.records.catalogue import record_type
from legation.storage.database import Database
from legation.storage.saving import save


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.run(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_bodies_are_merged_after_a_look_and_brought_back(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(sample)
    before = sample.read_bytes()
    code, out, _err = _run(capsys, "merge", file, "organisations", "194", "195", "--dry-run")
    assert code == 0 and "Name: Itochu Corporation (and not: Machinery and Equipment)" in out
    assert "What moves: posts (1)." in out and "Post: President" in out and sample.read_bytes() == before
    code, out, _err = _run(capsys, "merge", file, "organisations", "194", "195", "--take", "name")
    assert code == 0 and "Merged (step 3)." in out
    assert "Machinery and Equipment" in _run(capsys, "show", file, "organisations", "194")[1]
    assert _run(capsys, "check", file)[0] == 0
    assert "Merge “Machinery and Equipment” into “Itochu Corporation”" in _run(capsys, "undo", file)[1]
    assert _run(capsys, "show", file, "organisations", "195")[0] == 0


def test_what_stands_in_the_way_is_listed(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = _run(capsys, "merge", str(sample), "officials", "1", "2")
    assert code == 1 and "nobody sits on two sides" in out
    assert "4 rows" in _run(capsys, "list", str(sample), "officials")[1]


@pytest.mark.parametrize(
    "words",
    [("officials", "1", "1"), ("officials", "1", "99"), ("officials", "1", "TKM"), ("countries", "TKM", "QQQ"),
     ("events", "1", "2"), ("officials", "1", "2", "--take", "nothing")],
    ids=" ".join,
)  # fmt: skip
def test_a_mistake_is_one_sentence(sample: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    before = sample.read_bytes()
    code, _out, err = _run(capsys, "merge", str(sample), *words)
    assert code == 2 and len(err.strip().splitlines()) == 1 and sample.read_bytes() == before


def test_pairs_are_listed_and_told_apart(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(sample)
    assert _run(capsys, "duplicates", file) == (0, "0 pairs may be one.\n", "")
    with closing(Database(sample)) as database:
        draft = new_draft(record_type("person"), name="Akhmet Gurbanow", country="TKM")
        database.write("Add", lambda session: save(session, draft))
    code, out, _err = _run(capsys, "duplicates", file, "--type", "officials")
    assert code == 0 and "     1  Ahmet Gurbanov" in out and "and the same country." in out
    assert _run(capsys, "duplicates", file, "--type", "organisations", "--limit", "0")[1] == "0 pairs may be one.\n"
    assert "Remembered (step " in _run(capsys, "duplicates", file, "--not-same", "1", str(draft.id))[1]
    assert "known already" in _run(capsys, "duplicates", file, "--not-same", str(draft.id), "1")[1]
    assert "0 pairs may be one." in _run(capsys, "duplicates", file)[1]
    for words in (("1", "1"), ("1", "999"), ("1", "x")):
        assert _run(capsys, "duplicates", file, "--not-same", *words)[0] == 2
