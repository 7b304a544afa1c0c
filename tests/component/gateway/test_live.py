"""Pages hear that something changed and never what: from the stream, or by asking; each account its own and its bureau's."""

from threading import Thread
from typing import Any

from gateway.storage.hints import note_hints


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


def test_a_place_of_another_database_is_answered_with_everything(staff, give):
    give("P0001")
    assert changes(staff, 10**12)["families"] == ["notices"]


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
