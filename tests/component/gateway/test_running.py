"""Whoever runs the installation sees how every part is doing and the dead letters, and moves them on record; nobody else does."""

from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.api import running
from shared.embedded.journal import Journal
from shared.letters.embedded import embedded_letters
from shared.messaging.topology import DEAD
from tests.component.gateway.test_own_rules import WHO, world

__all__ = ["world"]
QUEUE = "targets.UnitChanged.v1--scoring"
OTHER = "targets.PersonChanged.v1--scoring"
STATE = {"process": "h/1", "version": "0.1", "started_at": datetime(2026, 3, 1, tzinfo=UTC).isoformat(), "outbox": 0}
PARTS = ("targets", "declarations", "attendance", "complaints", "scoring")


def letter(queue: str, body: str) -> dict[str, Any]:
    headers = {"kaohe_queue": queue, "kaohe_reason": "KeyError: 'line'", "kaohe_trace": "Traceback …"}
    return {"body": body, "headers": headers, "properties": {"delivery_mode": 2}}


@pytest.fixture
def journal(database, monkeypatch, services):
    """Two dead letters in the journal of the broker that runs in process, and services of which one does not answer."""
    url = database("gateway")
    monkeypatch.setattr(running, "letters_at", lambda _: embedded_letters(url))
    for part in PARTS:
        services.answers[f"{part}.tell_operation"] = lambda _: {"result": {**STATE, "outbox_since": None}}
    refusal = {
        "exc_type": "Problem",
        "exc_args": ['{"code": "x", "status": 503, "zh": "忙", "en": "busy", "errors": []}'],
    }
    services.answers["scoring.tell_operation"] = lambda _: {"error": refusal}
    kept = Journal(url)
    kept.append([DEAD], letter(QUEUE, '[{"bureau": "B00", "unit": "S01", "name": "城东所"}]'))
    kept.append([DEAD], letter(OTHER, "unreadable"))
    kept.append([QUEUE], letter(QUEUE, "[]"))
    yield kept
    kept.close()


@pytest.fixture
def operator(open_account, log_in):
    return log_in(open_account("guan", "admin:installation", bureau=""))


def test_every_part_tells_how_it_is_and_one_that_is_silent_is_told_as_such(journal, operator) -> None:
    told = operator.get("/api/v1/operation").json
    parts = {one["part"]: one for one in told["parts"]}
    assert set(parts) == {"gateway", *PARTS}
    assert (parts["gateway"]["answers"], parts["gateway"]["outbox"]) == (True, 0)
    assert (parts["targets"]["process"], parts["scoring"]["answers"], parts["scoring"]["fault"]) == ("h/1", False, "忙")
    waiting = {one["queue"]: (one["event"], one["taker"], one["waiting"]) for one in told["queues"]}
    assert waiting == {DEAD: ("", "", 2), QUEUE: ("targets.UnitChanged.v1", "scoring", 1)}
    assert told["dead"] == 2


def test_a_dead_letter_tells_what_it_is_about_and_not_what_stands_in_it(journal, operator) -> None:
    answer = operator.get("/api/v1/dead-letters")
    first, second = answer.json["items"]
    assert (first["subjects"], first["states"], first["reason"]) == (["B00/S01"], 1, "KeyError: 'line'")
    assert (second["subjects"], second["states"], second["taker"]) == ([], 0, "scoring")
    assert "城东所" not in answer.text


def test_letters_are_sent_again_or_dropped_on_record_and_an_unknown_one_is_refused(
    journal, operator, open_account, log_in
) -> None:
    first, second = (one["letter"] for one in operator.get("/api/v1/dead-letters").json["items"])
    gone = {"letters": ["0" * 12], "reason": "已修复"}
    assert operator.post("/api/v1/dead-letters/replay", json=gone).json["code"] == "letter.unknown"
    assert operator.post("/api/v1/dead-letters/drop", json={"letters": [second], "reason": ""}).status_code == 422
    assert operator.post("/api/v1/dead-letters/replay", json={"letters": [first], "reason": "已修复"}).json == {
        "moved": 1
    }
    assert operator.post("/api/v1/dead-letters/drop", json={"letters": [second], "reason": "测试"}).json == {"moved": 1}
    assert operator.get("/api/v1/dead-letters").json == {"items": [], "total": 0}
    assert len(journal.waiting(QUEUE)) == 2
    auditor = log_in(open_account("zong", "auditor:installation", bureau=""))
    lines = auditor.get("/api/v1/audit-trails/gateway?action=dead_letters.").json["items"]
    assert [(one["action"], one["subject"]) for one in lines] == [
        ("dead_letters.dropped", second),
        ("dead_letters.replayed", first),
    ]


@pytest.mark.parametrize("who", WHO, ids="-".join)
def test_only_an_administrator_of_the_installation_runs_it(journal, world, who) -> None:
    client = world(*who)
    allowed = who == ("admin", "installation")
    body = {"letters": ["0" * 12], "reason": "误"}
    read = [client.get(f"/api/v1/{path}").status_code for path in ("operation", "dead-letters")]
    moved = [client.post(f"/api/v1/dead-letters/{step}", json=body).status_code for step in ("replay", "drop")]
    assert (read, moved) == (([200, 200], [404, 404]) if allowed else ([403, 403], [403, 403]))


def test_a_broker_that_is_away_is_said_and_takes_nothing_else_with_it(services, operator) -> None:
    for part in PARTS:
        services.answers[f"{part}.tell_operation"] = lambda _: {"result": {**STATE, "outbox_since": None}}
    told = operator.get("/api/v1/operation").json
    assert (told["dead"], "does not answer" in told["broker"]) == (None, True)
    assert operator.get("/api/v1/dead-letters").json["code"] == "broker.absent"
