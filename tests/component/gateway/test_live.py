"""Pages hear that something changed and never what: from the stream, or by asking; each account its own and its bureau's."""

import json
import time
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from gateway.app import create_live_app
from gateway.auth.identify import Holders
from gateway.channels import live
from gateway.channels.taking import take_notices
from gateway.parts import Parts, keep_parts
from gateway.storage.hints import note_hints
from shared.actor import Actor
from shared.clock import today
from shared.events import NoticeGiven
from shared.ids import new_id
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


@pytest.fixture
def give(sessions) -> Callable[..., None]:
    def given(*persons: str, address: str = "") -> None:
        notice = NoticeGiven(
            bureau="BJ",
            notice=new_id(),
            revision=1,
            cycle="2026",
            address=address or f"person:{persons[0]}",
            persons=list(persons),
            kind="returned",
            count=1,
            given_on=today(),
            link="/declare",
            by="P0009",
        )
        with sessions.begin_handling([notice]) as session:
            take_notices(session, [notice])

    return given


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


def changes(client: Any, after: int | None = None) -> Any:
    answer = client.get("/api/v1/changes", query_string={} if after is None else {"after": after})
    assert answer.status_code == 200, answer.text
    return answer.json


def make_account(office: Any, name: str) -> None:
    body = {
        "accounts": [
            {
                "account": name,
                "name": name,
                "password": "correct horse battery",
                "person": "P0077",
                "grants": [{"role": "staff", "scope": "own"}],
            }
        ]
    }
    answer = office.post("/api/v1/accounts", json=body)
    assert answer.status_code == 201, answer.text


def test_a_change_is_heard_of_by_everybody_of_the_bureau_and_nobody_else(office, staff, open_account, log_in):
    other = log_in(open_account("far", "staff:own", bureau="TJ", person="P0001"))
    begun = changes(staff)["next"]
    assert changes(staff, begun) == {"families": [], "next": begun}
    make_account(office, "new")
    heard = changes(staff, begun)
    assert heard["families"] == ["accounts"]
    assert changes(staff, heard["next"])["families"] == []
    assert changes(other, 0)["families"] == []


def test_what_changed_nothing_is_not_hinted_at(office, staff, services):
    services.answers["declarations.list_notices"] = lambda _: {"result": {"items": [], "next": None}}
    before = changes(staff, 0)
    assert office.post("/api/v1/accounts", json={"accounts": []}).status_code == 422
    assert staff.get("/api/v1/notices").status_code == 200
    assert staff.put("/api/v1/preferences", json={"theme": "dark"}).status_code == 200
    assert changes(staff, 0) == before


def test_that_one_has_read_is_a_hint_to_oneself_alone(office, staff, services):
    services.answers["declarations.read_notices"] = lambda _: {"result": {"read": 1}}
    assert staff.post("/api/v1/notices/read", json={"notices": ["n"]}).status_code == 200
    assert changes(staff, 0)["families"] == ["notices"]
    assert changes(office, 0)["families"] == []


def test_a_hint_reaches_an_account_of_the_longest_name(services, open_account, log_in):
    services.answers["declarations.read_notices"] = lambda _: {"result": {"read": 1}}
    longest = log_in(open_account("x" * 64, "auditor:bureau"))
    assert longest.post("/api/v1/notices/read", json={"notices": ["n"]}).status_code == 200
    assert changes(longest, 0)["families"] == ["notices"]


def test_nobody_finds_out_who_votes_when(office, staff, services):
    services.answers["declarations.cast_ballots"] = lambda _: {"result": {"cast": 1}}
    before = changes(staff, 0)
    answer = office.post("/api/v1/campaigns/ballots", json={"ballots": [{"campaign": "c", "votes": {"s": "好"}}]})
    assert answer.status_code == 201
    assert changes(staff, 0) == before


def test_a_notice_is_a_hint_to_those_whom_it_is_for(staff, office, give):
    give("P0001")
    assert changes(staff, 0)["families"] == ["notices"]
    assert changes(office, 0)["families"] == []
    give(address="everybody")
    assert changes(office, 0)["families"] == ["notices"]


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


def test_a_place_of_another_database_is_answered_with_everything(staff, give):
    give("P0001")
    assert changes(staff, 10**12)["families"] == ["notices"]


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


def test_where_no_streams_are_served_a_page_is_told_to_ask(staff):
    answer = staff.get("/api/v1/live")
    assert (answer.status_code, answer.json["code"]) == (404, "live.elsewhere")


def test_nobody_listens_without_a_log_in(app):
    assert app.test_client().get("/api/v1/live").status_code == 401
    assert app.test_client().get("/api/v1/changes").status_code == 401


def test_two_that_change_at_once_are_both_seen_by_whoever_saw_the_first(sessions, staff):
    """A number is drawn and committed under one lock: none lower appears after a higher one was seen."""

    def note(family: str) -> None:
        for _ in range(30):
            with sessions.begin_single() as connection:
                note_hints(connection, "BJ", [("", family)])

    threads = [Thread(target=note, args=(f"f{number}",)) for number in range(4)]
    for one in threads:
        one.start()
    seen: set[str] = set()
    place = 0
    while any(one.is_alive() for one in threads):
        heard = changes(staff, place)
        place = heard["next"]
        seen |= set(heard["families"])
    for one in threads:
        one.join()
    last = changes(staff, place)
    assert seen | set(last["families"]) == {"f0", "f1", "f2", "f3"}
    assert changes(staff, last["next"])["families"] == []


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
