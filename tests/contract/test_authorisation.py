"""Who may do what is decided by one rule for each operation, printed from the code, and nothing is reachable beside it."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ops.authorisation.matrix import matrix, operations
from ops.authorisation.page import page
from ops.authorisation.stand_ins import kinds
from shared.contracts.operations import Operation
from shared.migrations import SERVICES
from shared.vocabulary.permissions import asking, noting

PAGE = Path(__file__).parents[2] / "docs" / "authorisation.md"
UNRULED = {"anyone", "operator"}
# What decides about a person: never for one's own, never by an account that is no person's.
DECIDING = {
    "attendance": ("may_approve_leave", "may_confirm_downs", "may_judge_punches"),
    "declarations": (
        *("check_verify", "check_assess", "check_record", "check_return", "check_consents", "check_screens"),
        *("check_over_order", "check_closes_inquiry", "check_confirms_work", "check_assesses_work"),
        *("check_decides_appeal", "check_checks_on_the_spot"),
    ),
    "scoring": ("may_lead", "may_order_improvement"),
    "targets": ("may_decide_handover",),
}


def named(operation: Operation) -> str:
    return f"{operation.service}.{operation.name or operation.rpc}"


def test_the_page_tells_what_the_code_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(operations()), "run: kaohe authorisation > docs/authorisation.md"


def test_every_operation_has_a_cell_for_every_role() -> None:
    there = {(row.service, row.permission): row for row in matrix(operations())}
    for one in operations():
        if one.may not in UNRULED:
            assert set(there[one.service, one.may].cells) == set(kinds()), named(one)


@pytest.mark.parametrize("taken", ["anyone", "", "may_do_as_they_like"])
def test_an_operation_from_which_its_permission_is_taken_fails(taken: str) -> None:
    """On a copy of the contracts: each operation in turn stands under another permission, or under none."""
    whole = operations()
    expected = PAGE.read_text(encoding="utf-8")
    for place, one in enumerate(whole):
        if one.may in UNRULED:
            continue
        changed = [*whole[:place], replace(one, may=taken), *whole[place + 1 :]]
        try:
            assert page(changed) != expected, named(one)
        except LookupError:
            assert taken != "anyone"


@pytest.mark.parametrize(("service", "rule"), [(service, rule) for service, some in DECIDING.items() for rule in some])
def test_nobody_decides_on_their_own_and_nobodys_account_on_nobody(service: str, rule: str) -> None:
    rows = [row for row in matrix(operations()) if (row.service, row.permission) == (service, rule)]
    assert rows
    for row in rows:
        granted = {kind: cell for kind, cell in row.cells.items() if cell.relations}
        assert granted, "nobody may: the stand-ins do not fit the rule"
        assert [kind for kind, cell in granted.items() if "own" in cell.relations or cell.without_person] == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_reached_by_its_operations_only(service: str) -> None:
    module = import_module(f"services.{service}.service")
    (cls,) = [one for one in vars(module).values() if isinstance(one, type) and getattr(one, "name", "") == service]
    reachable = {name for name in dir(cls) if "ServiceRpc" in _kinds(getattr(cls, name))}
    assert reachable == {one.rpc for one in operations() if one.service == service}


def _kinds(method: Any) -> set[str]:
    return {type(entrypoint).__name__ for entrypoint in getattr(method, "nameko_entrypoints", ())}


def test_a_rule_notes_that_it_was_asked_and_what_it_said() -> None:
    module: dict[str, Any] = {"__name__": __name__, "may_lie": may_lie, "check_nothing": check_nothing}
    noting(module)
    with asking() as asked:
        module["may_lie"](False)
        module["check_nothing"]()
        assert (asked.names, asked.granted) == ({"may_lie", "check_nothing"}, {"check_nothing"})
        module["may_lie"](True)
        assert asked.granted == {"may_lie", "check_nothing"}


def may_lie(answer: bool) -> bool:  # noqa: FBT001
    return answer


def check_nothing() -> None:
    """Refuse nobody."""
