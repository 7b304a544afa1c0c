"""Advice over HTTP: with the deadlines of declaring, which another service keeps."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from shared.clock import today
from tests.component.gateway.conftest import FakeServices

PAST, NEXT = (today() + timedelta(days=days) for days in (-3, 4))


def _item(indicator: str, action: str, *periods: str) -> dict[str, Any]:
    numbers = dict.fromkeys(("full_points", "points", "points_then", "weight", "worth", "gain"), "1.00")
    words = {"category": "common", "line": "all", "tool": "review", "rule": "deduct", "cause": "not_declared"}
    told = [{"period": one, "due_on": None, "late": None} for one in periods]
    rest = {"more": {}, "assumed": [], "desks": [], "until": None, "sentence": "补报。", "name": "迟到"}
    return {"indicator": indicator, "action": action, "periods": told, **numbers, **words, **rest}


def play(services: FakeServices) -> None:
    items = [_item("02-01-01", "declare", "2026-M01", "2026-M02", "2026-M03"), _item("02-01-02", "wait", "2026-M01")]
    head = {"cycle": "2026", "subject": "P0001", "name": "张三", "layer": "person", "unit": "S01", "unit_name": "一所"}
    place = {
        "final": "80.00",
        "rank": 3,
        "ranked": 28,
        "reachable": "82.00",
        "causes": {"not_declared": 1, "waiting": 1},
    }
    told = {**head, **place, "as_of": f"{today()}", "computed_at": "2026-04-01T00:00:00+00:00", "items": items}
    counts = [{"period": "2026-M01", "due_on": f"{PAST}"}, {"period": "2026-M02", "due_on": f"{NEXT}"}]
    services.answers = {
        "scoring.advise": lambda _: {"result": told, "error": None},
        "declarations.list_mine": lambda _: {"result": {"counts": counts}, "error": None},
    }


def test_advice_tells_until_when_each_period_may_be_declared(office: FlaskClient, services: FakeServices) -> None:
    play(services)
    plain = office.get("/api/v1/standings/advice/P0001?cycle=2026").json["items"][0]
    assert (plain["until"], plain["periods"][0]["due_on"]) == (None, None)
    declare, wait = office.get("/api/v1/standings/advice/P0001?cycle=2026&deadlines=true").json["items"]
    assert declare["until"] == f"{NEXT}"
    assert [(one["due_on"], one["late"]) for one in declare["periods"]] == [
        (f"{PAST}", True),
        (f"{NEXT}", False),
        (None, None),
    ]
    assert wait["until"] is None
