"""The stream of hints: what it tells, how it ends, how many there may be."""

import json
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from gateway.app import create_live_app
from gateway.auth.identify import Holders
from gateway.channels import live
from gateway.parts import Parts, keep_parts
from gateway.storage.hints import note_hints
from shared.actor import Actor
from tests.support.waiting import until


@pytest.fixture
def hub(app, sessions, services, monkeypatch) -> Iterator[live.Hub]:
    monkeypatch.setattr("gateway.api.live.HEARTBEAT", 0.2)
    one = live.Hub(streams=8, of_one_account=2)
    keep_parts(app, Parts(sessions, services, Holders(sessions), hub=one))
    thread = Thread(target=one.follow, args=(sessions,), daemon=True)
    thread.start()
    yield one
    one.stop()
    thread.join()


def changes(client: Any, after: int | None = None) -> Any:
    answer = client.get("/api/v1/changes", query_string={} if after is None else {"after": after})
    assert answer.status_code == 200, answer.text
    return answer.json


class Stream:
    """One page's stream: ``next()`` is the next event of it, comments passed over."""

    def __init__(self, client: Any, **headers: str) -> None:
        self.answer = client.get("/api/v1/live", headers=headers, buffered=False)
        assert self.answer.status_code == 200, self.answer.text
        self._pieces = iter(self.answer.response)

    def next(self) -> tuple[str, str, list[str]]:
        for piece in self._pieces:
            if b"event:" in piece:
                told = dict(line.split(": ", 1) for line in piece.decode().strip().splitlines())
                return told["event"], told.get("id", ""), json.loads(told["data"]).get("families", [])
        raise AssertionError("the stream ended")

    def close(self) -> None:
        self.answer.close()


def test_the_stream_tells_what_changes_and_never_what_it_says(hub, staff, give):
    stream = Stream(staff)
    assert stream.answer.mimetype == "text/event-stream"
    assert stream.next()[0] == "changed"  # where to go on
    give("P0001")
    kind, seq, families = stream.next()
    assert (kind, families) == ("changed", ["notices"])
    assert int(seq) == changes(staff)["next"]
    stream.close()
    assert until(lambda: not hub._listeners)


def test_a_page_that_comes_back_goes_on_after_the_last_that_it_saw(hub, staff, give):
    give("P0001")
    seen = changes(staff)["next"]
    assert Stream(staff, **{"Last-Event-ID": str(seen)}).next()[2] == []
    give("P0001")
    assert Stream(staff, **{"Last-Event-ID": str(seen)}).next()[2] == ["notices"]
    assert staff.get("/api/v1/live", headers={"Last-Event-ID": "x"}).json["code"] == "live.after"


def test_the_stream_ends_with_the_session_and_keeps_none_alive(hub, staff, sessions):
    stream = Stream(staff)
    stream.next()
    with sessions.engine.begin() as connection:
        connection.execute(text("UPDATE gateway.sessions SET seen_at = now() - interval '119 minutes'"))
    with sessions.engine.connect() as connection:
        old = connection.execute(text("SELECT max(seen_at) < now() - interval '118 minutes' FROM gateway.sessions"))
        assert old.scalar_one()
    assert staff.delete("/api/v1/sessions/current").status_code in (200, 204)
    assert stream.next()[0] == "ended"
    assert list(stream._pieces) == []
    assert until(lambda: not hub._listeners)


def test_the_session_is_asked_for_once_a_heartbeat_however_much_is_heard():
    asked: list[float] = []

    def ended() -> bool:
        asked.append(time.monotonic())
        return len(asked) == 2

    hub = live.Hub()
    one = hub.enter(Actor("a", "a", "BJ"))
    stream = live.events(hub, one, {"families": [], "next": 0}, ended, heartbeat=0.5)
    begun, heard = time.monotonic(), 0
    for piece in stream:
        heard += b"event: changed" in piece
        time.sleep(0.02)
        hub.tell("BJ", "", "notices", heard)
    assert heard > 10
    assert asked[0] - begun >= 0.5
    assert asked[1] - asked[0] >= 0.5
    assert hub._listeners == []


def test_many_changes_at_once_are_gathered(hub, staff, sessions, monkeypatch):
    looked: list[int] = []
    look = live.newer_hints
    monkeypatch.setattr(live, "newer_hints", lambda connection, after: looked.append(after) or look(connection, after))
    stream = Stream(staff)
    stream.next()
    begun = time.monotonic()
    for number in range(30):
        with sessions.begin_single() as connection:
            note_hints(connection, "BJ", [("", f"f{number}")])
        time.sleep(0.02)
    families: set[str] = set()
    while len(families) < 30:
        families |= set(stream.next()[2])
    assert len(looked) <= (time.monotonic() - begun) / live.GATHER_SECONDS + 3
    stream.close()


def test_an_account_has_so_many_streams_and_a_process_too(hub, staff, office, open_account, log_in):
    held = [Stream(staff), Stream(staff)]
    assert held[0].next()[0] == "changed"
    held.append(Stream(staff))
    assert held[0].next()[0] == "replaced"
    assert list(held[0]._pieces) == []
    assert len(hub._listeners) == 2
    for number in range(3):
        who = log_in(open_account(f"more{number}", "staff:own", person=f"P01{number}"))
        held += [Stream(who), Stream(who)]
    full = office.get("/api/v1/live")
    assert (full.status_code, full.json["code"]) == (503, "live.full")
    for one in held:
        one.close()


def test_a_page_that_goes_before_it_reads_a_line_leaves_nothing_behind(hub, staff):
    staff.get("/api/v1/live", buffered=False).close()
    assert until(lambda: not hub._listeners)


def test_the_process_of_the_streams_knows_the_log_ins_and_serves_nothing_else(
    hub, sessions, services, log_in, staff, give
):
    apart = create_live_app(hub, sessions, services)
    client = apart.test_client()
    client.set_cookie("kaohe_session", staff.get_cookie("kaohe_session").value)
    stream = Stream(client)
    assert stream.next()[0] == "changed"
    give("P0001")
    assert stream.next()[2] == ["notices"]
    stream.close()
    assert client.get("/readyz").status_code == 200
    assert client.post("/api/v1/sessions", json={}).status_code == 404
