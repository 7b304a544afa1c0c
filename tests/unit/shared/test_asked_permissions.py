"""A use case that does not ask the permission its operation names is undone, whoever asked it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from shared.actor import Actor, Grant, system
from shared.contracts.operations import Operation
from shared.contracts.shapes import Empty
from shared.serving import NotAsked, _by_itself, _in_one_transaction
from shared.vocabulary.permissions import noting

CHANGE = Operation(service="s", rpc="change", request=Empty, may="may_change")
READ = replace(CHANGE, reads=True)
CLERK = Actor("clerk", "", "B", "P1", (Grant("office", "bureau"),))


def may_change(actor: Any) -> bool:
    return bool(actor.has("office"))


_RULES: dict[str, Any] = {"__name__": __name__, "may_change": may_change}
noting(_RULES)


class Kept:
    """Stands for the database: tells whether a transaction was kept."""

    def __init__(self) -> None:
        self.kept = 0
        self.recorded = True

    @contextmanager
    def begin(self, _actor: Any) -> Iterator[Any]:
        yield SimpleNamespace(info={"recorded": self.recorded})
        self.kept += 1


def ask(operation: Operation, use_case: Any, actor: Actor = CLERK) -> int:
    database = Kept()
    _in_one_transaction(operation, use_case)(SimpleNamespace(database=database), actor, {})
    return database.kept


def asks(_session: Any, actor: Any, _command: Any) -> dict[str, Any]:
    _RULES["may_change"](actor)
    return {}


def asks_nobody(*_: Any) -> dict[str, Any]:
    return {}


def test_what_asks_its_permission_is_kept() -> None:
    assert ask(CHANGE, asks) == 1


@pytest.mark.parametrize("operation", [CHANGE, READ])
def test_what_asks_nobody_is_not(operation: Operation) -> None:
    with pytest.raises(NotAsked):
        ask(operation, asks_nobody)


def test_a_change_that_goes_on_though_it_was_refused_is_not_kept_and_a_look_shows_what_is_left() -> None:
    stranger = replace(CLERK, grants=())
    with pytest.raises(NotAsked):
        ask(CHANGE, asks, stranger)
    assert ask(READ, asks, stranger) == 1


def test_a_change_that_finds_nothing_to_do_is_answered() -> None:
    database = Kept()
    database.recorded = False
    assert _in_one_transaction(CHANGE, asks_nobody)(SimpleNamespace(database=database), CLERK, {}) == {}


def test_the_operators_work_is_the_systems_and_the_administrators() -> None:
    operation = replace(CHANGE, may="operator")
    assert ask(operation, asks_nobody, system("B")) == 1
    assert ask(operation, asks_nobody, replace(CLERK, grants=(Grant("admin", "installation"),))) == 1
    with pytest.raises(NotAsked):
        ask(operation, asks_nobody)


def test_taking_the_permission_from_one_operation_is_found() -> None:
    """On a copy: the same use case under another permission is refused as one that asked nobody."""
    with pytest.raises(NotAsked):
        ask(replace(CHANGE, may="may_do_something_else"), asks)


def test_an_errand_asks_too() -> None:
    errand = _by_itself(CHANGE, lambda *_: {})
    with pytest.raises(NotAsked):
        errand(SimpleNamespace(database=Kept()), CLERK, {})


def test_a_look_at_what_is_confidential_is_on_the_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[dict[str, Any]] = []
    monkeypatch.setattr("shared.serving.audit", lambda _session, **line: noted.append(line))
    ask(replace(READ, looks="may_change"), asks)
    ask(replace(READ, looks="may_change"), asks, replace(CLERK, grants=()))
    ask(replace(READ, looks="may_do_something_else"), asks)
    assert [line["action"] for line in noted] == ["change.looked"]
