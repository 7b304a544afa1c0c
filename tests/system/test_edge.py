"""The deployment of docker-compose.yml behind its proxy: who holds connections, sends too much or lies reaches nobody else."""

import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import islice

import pytest
import requests

from ops.private.proxy import PrivateProxy
from tests.support.deployment import Deployment, deployed
from tests.support.folders import reachable_folder
from tests.support.holding import HALF_BODY, HALF_HEADER, HALF_PUSH, UNREAD, Held, held, many
from tests.support.visiting import PATIENCE, Visitor
from tests.support.year import accounts

pytestmark = pytest.mark.timeout(900)
CLOCKS, PEOPLE = 10, 6
PUSHES = 15
MEGABYTE = 1 << 20


@dataclass
class Edge:
    deployment: Deployment
    proxy: PrivateProxy

    def person(self, account: dict[str, str], source: str) -> Visitor:
        return Visitor(self.proxy.url, source, self.proxy.certificate).log_in(account)

    def stranger(self, source: str) -> Visitor:
        return Visitor(self.proxy.url, source, self.proxy.certificate)

    def clock(self, source: str) -> Visitor:
        return Visitor(self.proxy.clocks_url, source)

    def accounts(self, role: str) -> list[dict[str, str]]:
        return accounts(self.deployment, role)


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    with reachable_folder() as folder, deployed(folder, trusted_proxies=1) as deployment:
        deployment.kaohe("demo", "--staff", "30", "--year", "2026", "--bare")
        proxy = deployment.proxied()
        proxy.start()
        try:
            yield Edge(deployment, proxy)
        finally:
            proxy.stop()


def declare(person: Visitor) -> list[int]:
    """The statuses of declaring a person's open items, five at a time."""
    query = {"cycle": "2026", "state": "due", "limit": "100"}
    items = person.ask("GET", "/api/v1/declarations/mine", params=query).json()["items"]
    open_items = [one for one in items if one["source"] == "declared" and not one["late"]][:40]
    assert len(open_items) >= 20
    entries = [
        {
            "indicator": one["indicator"],
            "period": one["period"],
            "counts": {quantity["key"]: "0" for quantity in one["quantities"]},
            "evidence": ["台账"],
        }
        for one in open_items
    ]
    bodies = [{"cycle": "2026", "entries": entries[at : at + 5]} for at in range(0, len(entries), 5)]
    return [person.ask("POST", "/api/v1/declarations", json=body).status_code for body in bodies]


def held_by_four(proxy: PrivateProxy) -> list[Held]:
    """200 connections of four addresses: idle, half headers, half bodies, unread answers, to both ports."""
    sources = [f"127.0.2.{number}" for number in range(1, 5)]
    https, iclock = proxy.https, proxy.iclock
    return [
        *many(50, lambda n: Held(https, sources[n % 4])),
        *many(40, lambda n: Held(https, sources[n % 4], HALF_HEADER, tls=True)),
        *many(40, lambda n: Held(https, sources[n % 4], HALF_BODY, tls=True)),
        *many(20, lambda n: Held(https, sources[n % 4], UNREAD, tls=True)),
        *many(15, lambda n: Held(iclock, sources[n % 4])),
        *many(15, lambda n: Held(iclock, sources[n % 4], HALF_HEADER)),
        *many(20, lambda n: Held(iclock, sources[n % 4], HALF_PUSH)),
    ]


def test_200_held_connections_harm_neither_ten_clocks_nor_people_who_declare(edge: Edge) -> None:
    people = [edge.person(one, f"127.0.1.{n}") for n, one in enumerate(edge.accounts("staff")[:PEOPLE], 1)]
    assert len(people) == PEOPLE
    clocks = [edge.clock(f"127.0.3.{number}") for number in range(1, CLOCKS + 1)]

    def push(number: int) -> list[str]:
        lines = [f"{number}\t2026-11-0{1 + minute % 9} 08:{minute:02}:00\t0\t1" for minute in range(PUSHES)]
        return [clocks[number].push(f"EDGE{number}", line) for line in lines]

    kinds = held_by_four(edge.proxy)
    assert len(kinds) == 200
    with held(kinds) as holding, ThreadPoolExecutor(CLOCKS + PEOPLE) as pool:
        declared = [pool.submit(declare, one) for one in people]
        pushed = [pool.submit(push, number) for number in range(CLOCKS)]
        assert {answer for one in pushed for answer in one.result()} == {"OK: 1"}
        assert {status for one in declared for status in one.result()} == {201}
        assert holding.opened >= 200


def test_one_address_holds_so_many_connections_and_no_more(edge: Edge) -> None:
    with held(many(128, lambda _: Held(edge.proxy.https, "127.0.4.1"))):
        with (
            socket.create_connection(("127.0.0.1", edge.proxy.https), 20, ("127.0.4.1", 0)) as refused,
        ):
            refused.settimeout(20)
            assert refused.recv(1) == b""
        assert edge.stranger("127.0.4.2").ask("GET", "/healthz").status_code == 200


@pytest.mark.parametrize("sent", [b"", HALF_HEADER, HALF_PUSH], ids=["idle", "half a header", "half a body"])
def test_who_does_not_go_on_is_put_off(edge: Edge, sent: bytes) -> None:
    with Held(edge.proxy.iclock, "127.0.4.3", sent).open() as one:
        one.settimeout(60)
        assert re.match(rb"HTTP/1.1 408|$", one.recv(4096))


def test_what_the_proxy_refuses_leaves_as_a_problem_with_words(edge: Edge) -> None:
    stranger = edge.stranger("127.0.4.4")
    answers = {
        413: stranger.ask("POST", "/api/v1/sessions", data=b"x" * 25 * MEGABYTE),
        414: stranger.ask("GET", "/api/v1/words?" + "x" * 9000),
        431: stranger.ask("GET", "/api/v1/words", headers={"X-A": "x" * 9000}),
        404: stranger.ask("GET", "/metrics"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.json()["status"], bool(answer.json()["zh"])) == (status, True)


def test_the_clocks_port_takes_pushes_only_and_the_peoples_port_takes_none(edge: Edge) -> None:
    clock, person = edge.clock("127.0.4.5"), edge.stranger("127.0.4.5")
    assert clock.push("APART", "1\t2026-11-02 08:00:00\t0\t1") == "OK: 1"
    assert clock.ask("POST", "/api/v1/sessions", json={}).status_code == 404
    assert person.ask("POST", "/iclock/cdata?SN=APART&table=ATTLOG", data=b"x").status_code == 404
    direct = Visitor(edge.deployment.named("clocks-1").url, "127.0.0.1")
    assert direct.ask("POST", "/api/v1/sessions", json={}).status_code == 404


def test_an_address_is_the_connections_and_not_what_the_client_says(edge: Edge) -> None:
    lie = {"X-Forwarded-For": "10.9.9.9", "Forwarded": "for=10.9.9.9"}
    answer = edge.stranger("127.0.4.6").ask("GET", "/api/v1/words", headers=lie)
    log = edge.deployment.named("gateway-1").log.read_text(encoding="utf-8")
    (line,) = [
        one for one in map(json.loads, _json_lines(log)) if one.get("request_id") == answer.headers["X-Request-Id"]
    ]
    assert line["address"] == "127.0.4.6"


def test_plain_http_leads_to_https(edge: Edge) -> None:
    answer = Visitor(f"http://127.0.0.1:{edge.proxy.http}", "127.0.4.7").ask("GET", "/api/v1/words")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "https://127.0.0.1/api/v1/words"


def test_a_page_hears_through_the_proxy_what_another_changes(edge: Edge) -> None:
    listener = edge.person(edge.accounts("unit_head")[0], "127.0.4.9")
    person = edge.person(edge.accounts("staff")[1], "127.0.4.10")
    with listener.ask("GET", "/api/v1/live", stream=True) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        lines = stream.iter_lines(chunk_size=1, decode_unicode=True)
        assert any(line.startswith("id: ") for line in lines)
        assert 200 <= min(declare(person)) < 300
        assert any(line.startswith("data: ") and "declarations" in line for line in lines)


def test_while_the_gateway_is_away_the_proxy_says_so_and_the_clocks_push_on(edge: Edge) -> None:
    gateway = edge.deployment.named("gateway-1")
    gateway.kill()
    try:
        answer = edge.stranger("127.0.4.8").ask("GET", "/api/v1/words")
        assert (answer.status_code, answer.json()["code"]) == (503, "gateway.absent")
        assert answer.headers["Retry-After"]
        assert edge.clock("127.0.4.8").push("AWAY", "1\t2026-11-02 08:00:00\t0\t1") == "OK: 1"
    finally:
        gateway.start()
        gateway.await_ready()


def _json_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("{")]


def test_too_much_at_once_is_told_to_come_again_while_clocks_push_and_memory_stays(edge: Edge) -> None:
    """A service that hangs holds every thread: so many requests wait for it, the others hear 503 at once."""
    person = edge.person(edge.accounts("staff")[0], "127.0.7.1")
    cookies, token = person.session.cookies.get_dict(), person.session.headers["X-CSRF-Token"]
    gateway, hanging = edge.deployment.named("gateway-1"), edge.deployment.named("targets-1")

    def read(number: int) -> requests.Response:
        visitor = edge.stranger(f"127.0.7.{2 + number % 8}")
        visitor.session.cookies.update(cookies)
        visitor.session.headers["X-CSRF-Token"] = token
        return visitor.ask("GET", "/api/v1/cycles")

    hanging.pause()
    with ThreadPoolExecutor(260) as pool:
        try:
            asked = [pool.submit(read, number) for number in range(250)]
            turned_away = list(islice(as_completed(asked, timeout=PATIENCE), 250 - 2 * 64))
            assert {one.result().status_code for one in turned_away} == {503}
            assert all(one.result().headers["Retry-After"] for one in turned_away)
            assert {one.result().json()["code"] for one in turned_away} <= {"gateway.busy", "gateway.absent"}
            assert edge.clock("127.0.7.1").push("BUSY", "1\t2026-11-02 08:00:00\t0\t1") == "OK: 1"
            assert gateway.resident() < gateway.limit
        finally:
            hanging.resume()
        others = [one.result().status_code for one in asked if one not in turned_away]
    assert others.count(200) >= 64, (
        "whoever waited with a thread is answered; of a starved machine one process may take all"
    )
    assert person.ask("GET", "/api/v1/cycles").status_code == 200
