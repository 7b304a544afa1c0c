"""A simulated person declares what is open: what the system noted meanwhile as not applicable (decision 1104) is left as it is."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from ops.client import ApiError
from ops.simulation.declaring import Month

REFUSED = {"errors": [{"code": "revision.required", "field": "revision", "row": 2}]}


class Desk:
    """A service that has noted some items; whoever declares one of them has to name its revision."""

    def __init__(self, *noted: str) -> None:
        self.noted, self.posts = noted, 0

    def post(self, path: str, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        self.posts += 1
        names = [one["indicator"] for one in body["entries"]]
        if set(names) & set(self.noted):
            raise ApiError("POST", path, 422, REFUSED)
        return {"declarations": [{"indicator": one, "period": "202601", "declaration": f"d-{one}"} for one in names]}

    def pages(self, _path: str, *, status: str, **_: Any) -> Iterator[dict[str, str]]:
        assert status == "recorded"
        return iter([{"indicator": one, "period": "202601"} for one in self.noted])


def month(desk: Desk) -> Any:
    made = Month.__new__(Month)
    made._sim = SimpleNamespace(  # type: ignore[assignment]
        api=lambda _speaker: desk,
        speaker=lambda subject: subject,
        world=SimpleNamespace(cycle="2026"),
        journal=SimpleNamespace(add=lambda _name, _count: None),
    )
    return made


def items(*names: str) -> list[Any]:
    there = SimpleNamespace(subject=SimpleNamespace(code="P1"), period=SimpleNamespace(code="202601"))
    return [SimpleNamespace(indicator=SimpleNamespace(code=one, source="machine"), **vars(there)) for one in names]


def test_what_was_noted_is_left_and_the_rest_is_declared() -> None:
    desk = Desk("b")
    assert [one.item.indicator.code for one in month(desk)._post(items("a", "b", "c"))] == ["a", "c"]
    assert desk.posts == 2


def test_where_nothing_was_noted_a_refusal_is_one() -> None:
    desk = Desk("b")
    desk.pages = lambda *_, **__: iter([])  # type: ignore[method-assign]
    with pytest.raises(ApiError):
        month(desk)._post(items("a", "b"))
    assert desk.posts == 1
