"""What clocks pushed at once is checked in one pass: as the schema says of each, which is asked only where something is not as it should be."""

from typing import Any

import pytest
from marshmallow import ValidationError

from shared.contracts.attendance.pushes import Push, Pushes

PUNCH = {"pin": "007", "time": "2026-03-04T08:55:00", "status": 255, "verify": 1, "raw": "007"}
PUSH: dict[str, Any] = {"serial": "CKJ1", "address": "10.0.0.9", "punches": [PUNCH], "rejected": []}
LINE = {"raw": "??", "reason": "time"}

GOOD: list[dict[str, Any]] = [
    PUSH,
    {**PUSH, "protocol": "access"},
    {**PUSH, "rejected": [LINE]},
    {**PUSH, "punches": []},
    {**PUSH, "punches": [{**PUNCH, "zoned": True}]},
    {"serial": "CKJ1"},
]
BAD: list[Any] = [
    {**PUSH, "serial": ""},
    {**PUSH, "serial": "x" * 65},
    {**PUSH, "serial": 7},
    {**PUSH, "address": "x" * 101},
    {**PUSH, "address": "a\0b"},
    {**PUSH, "protocol": "telex"},
    {**PUSH, "punches": [{**PUNCH, "pin": ""}]},
    {**PUSH, "punches": [{**PUNCH, "status": -1}]},
    {**PUSH, "punches": "none"},
    *({**PUSH, "punches": nothing} for nothing in ("", {}, None)),
    *({**PUSH, "rejected": nothing} for nothing in ("", {}, 0, None, False)),
    {**PUSH, "rejected": [{"raw": "??"}]},
    {**PUSH, "more": 1},
    {"address": ""},
    "a push",
]


@pytest.mark.parametrize("push", GOOD)
def test_what_is_as_it_should_be_is_taken_as_the_schema_takes_it(push: dict[str, Any]) -> None:
    assert Pushes().load({"pushes": [PUSH, push]}) == {"pushes": [Push().load(PUSH), Push().load(push)]}


@pytest.mark.parametrize("push", BAD)
def test_what_is_not_is_named_by_its_place(push: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Pushes().load({"pushes": [PUSH, push]})
    assert list(refused.value.normalized_messages()["pushes"]) == [1]


@pytest.mark.parametrize("nothing", ["", {}, None])
def test_what_is_no_list_is_no_list_of_nothing(nothing: Any) -> None:
    for refused in (lambda: Push().load({**PUSH, "punches": nothing}), lambda: Pushes().load({"pushes": nothing})):
        with pytest.raises(ValidationError):
            refused()


def test_there_is_one_at_least() -> None:
    with pytest.raises(ValidationError):
        Pushes().load({"pushes": []})
