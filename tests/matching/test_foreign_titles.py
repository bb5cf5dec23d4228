"""Titles in Russian, Turkish, Arabic and Persian before names, with a country beside them."""

from __future__ import annotations

import pytest

from legation.matching.foreign_titles import english_title, title_words

COUNTRIES = {"Казахстан": "KAZ", "Россия": "RUS", "Azerbaycan": "AZE", "تركيا": "TUR"}


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("Министр иностранных дел Сергей Лавров", 3, ("Foreign Minister", None)),
        ("Президент Казахстана Касым-Жомарт Токаев", 2, ("President", "KAZ")),
        ("Заместитель министра Михаил Галузин", 2, ("Deputy Minister", None)),
        ("Премьер-министр России Михаил Мишустин", 2, ("Prime Minister", "RUS")),
        ("Dışişleri Bakanı Hakan Fidan", 2, ("Foreign Minister", None)),
        ("Azerbaycan Cumhurbaşkanı İlham Aliyev", 2, ("President", "AZE")),
        ("وزير الخارجية فيصل بن فرحان", 2, ("Foreign Minister", None)),
        ("رئيس تركيا رجب طيب أردوغان", 2, ("President", "TUR")),
        ("نخست‌وزیر محمد شیاع السودانی", 1, ("Prime Minister", None)),
        ("Сергей Лавров", 0, None),
        ("Foreign Minister Jane Doe", 0, None),
    ],
)
def test_how_many_words_are_the_title(text: str, count: int, expected: tuple[str, str | None] | None) -> None:
    words = text.split()
    assert title_words(words, COUNTRIES.__contains__) == count
    assert english_title(" ".join(words[:count]), COUNTRIES.get) == expected
