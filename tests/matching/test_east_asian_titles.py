"""Titles in Chinese, Japanese and Korean beside names, without a blank between."""

from __future__ import annotations

import pytest

from legation.matching.east_asian_titles import taken_apart

COUNTRIES = {"俄罗斯", "中国", "ロシア", "日本"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("普京总统", ("普京", "总统", "", "President")),
        ("俄罗斯总统普京", ("普京", "俄罗斯总统", "俄罗斯", "President")),
        ("ロシアのプーチン大統領", ("プーチン", "ロシア大統領", "ロシア", "President")),
        ("岸田文雄内閣総理大臣", ("岸田文雄", "内閣総理大臣", "", "Prime Minister")),
        ("メレドフ副首相兼外務大臣", ("メレドフ", "副首相兼外務大臣", "", "Deputy Prime Minister")),
        ("习近平主席", ("习近平", "主席", "", "Chairman")),
        ("习近平国家主席", ("习近平", "国家主席", "", "President")),
        ("윤석열대통령", ("윤석열", "대통령", "", "President")),
        ("中国外交部长", ("", "中国外交部长", "中国", "Foreign Minister")),
        ("林外相", ("林", "外相", "", "Foreign Minister")),
        ("普京先生", None),
        ("外務省", None),
        ("President 普京", None),
        ("Putin", None),
    ],
)
def test_name_and_title(text: str, expected: tuple[str, str, str, str] | None) -> None:
    found = taken_apart(text, COUNTRIES.__contains__)
    assert (found and (found.name, found.title, found.country, found.english)) == expected
