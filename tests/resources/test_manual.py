"""The manual tells every key of the filter language as the program has it."""

from __future__ import annotations

from legation.paths import resources
from legation.reports.catalogue import REPORTS
from legation.storage.filters.keys import KEYS


def test_every_key_of_the_filter_language_is_told() -> None:
    text = (resources() / "help" / "manual.md").read_text(encoding="utf-8")
    for name, key in KEYS.items():
        assert f"| `{name}` | {key.help} | `{key.example}` |" in text


def test_every_report_and_its_options_are_told() -> None:
    text = (resources() / "help" / "manual.md").read_text(encoding="utf-8")
    for name, report in REPORTS.items():
        assert f"### {name}\n" in text
        section = text.split(f"### {name}\n")[1].split("\n#")[0]
        shared = {"period", "where", "names", "country", "other"}
        assert all(f"`--{each.name}" in section for each in report.options.stored if each.name not in shared)
