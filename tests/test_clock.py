"""The one place that asks for the time."""

from __future__ import annotations

import ast
import re
from datetime import date, datetime

import pytest

from architecture.source_tree import package_files
from legation import clock


def test_a_day_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_TODAY", "2025-01-27")
    assert clock.today() == date(2025, 1, 27)


def test_today_is_the_local_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEGATION_TODAY", raising=False)
    before = datetime.now().astimezone().date()
    assert before <= clock.today() <= datetime.now().astimezone().date()


def test_a_moment_is_utc_to_the_millisecond() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", clock.now())


def test_nothing_else_asks_what_day_it_is() -> None:
    offenders = [
        (file.place, call.lineno)
        for file in package_files()
        if file.layer != "clock"
        for call in ast.walk(file.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in ("today", "utcnow") and ast.unparse(call.func.value) in ("date", "datetime")
    ]
    assert offenders == []
