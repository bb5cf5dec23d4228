"""The manual tells every key of the filter language as the program has it."""

from __future__ import annotations

from legation.paths import resources
from legation.storage.filters.keys import KEYS


def test_every_key_of_the_filter_language_is_told() -> None:
    text = (resources() / "help" / "manual.md").read_text(encoding="utf-8")
    for name, key in KEYS.items():
        assert f"| `{name}` | {key.help} | `{key.example}` |" in text
