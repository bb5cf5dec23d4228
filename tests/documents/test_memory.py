"""Large documents in memory: never walked through for garbage, freed in portions."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from legation.documents.memory import PORTION, let_go, let_go_again, without_collecting


class _Thing:
    """Something that can be watched."""


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def test_what_is_made_is_not_looked_through_then_or_later() -> None:
    gc.unfreeze()
    with without_collecting():
        assert not gc.isenabled()
        things = [_Thing() for _number in range(5000)]
    assert gc.isenabled() and gc.get_freeze_count() >= len(things)
    let_go_again()
    assert gc.get_freeze_count() == 0


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with without_collecting():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_a_failure_leaves_the_collector_on() -> None:
    with pytest.raises(ZeroDivisionError), without_collecting():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_what_is_let_go_is_gone() -> None:
    inner: list[object] = [_Thing() for _number in range(2 * PORTION + 1)]
    watched = [weakref.ref(each) for each in inner]
    whole: object = tuple(inner)
    box = [whole]
    del whole
    let_go(box, inner)
    assert box == inner == [] and not any(each() for each in watched)
