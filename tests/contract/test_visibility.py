"""What a list shows is what may be read singly: sight said in SQL and sight asked of one thing are the same rule.

Actors with random roles, in random places, look at everything there is of a kind: each thing is in their list exactly where asking
for it alone is answered.
"""

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient

from tests.support.databases import Databases
from tests.support.reference_world import EVERYTHING, ReferenceWorld, reference_world

API = "/api/v1"
SEED = 20269
UNITS = ("D01", "D10", "S01", "C01")
PEOPLE = tuple(f"P{number:04d}" for number in (2, 11, 19, 20, 21, 22, 24, 25, 26))
ROLES = ("unit_head", "assessor", "hr", "panel", "leader", "office", "complaints_centre", "devices", "auditor")
IN_A_UNIT = ("unit_head", "assessor")
SEEN, HIDDEN = (200,), (403, 404)


class Kind(NamedTuple):
    """``page``: where they are listed; ``key``: the member that names one; ``one``: where one is asked for."""

    page: str
    key: str
    one: str


KINDS = (
    Kind("declarations?cycle=2026", "declaration", "declarations/{}?cycle=2026"),
    Kind("cases", "code", "cases/{}"),
    Kind("attendance-months/2026-01/figures", "subject", "attendance-months/2026-01/figures/{}"),
    Kind("case-figures/2026-03", "subject", "case-figures/2026-03/{}"),
)


def listed(client: FlaskClient, kind: Kind) -> set[str]:
    found: set[str] = set()
    after = None
    while True:
        query = {"limit": "500", **({"after": after} if after else {})}
        glue = "&" if "?" in kind.page else "?"
        answer = client.get(f"{API}/{kind.page}{glue}" + "&".join(f"{name}={value}" for name, value in query.items()))
        assert answer.status_code == 200, answer.json
        found |= {one[kind.key] for one in answer.json["items"]}
        after = answer.json["next"]
        if after is None:
            return found


def declare_everything_simple(world: ReferenceWorld) -> None:
    """Each of the people declares what is due and takes a count of nothing; some of it is verified."""
    for person in PEOPLE:
        client = world.log_in(f"own-{person}", "staff:own", person=person)
        query = {"cycle": "2026", "period": "2026-M01", "subject": person}
        due = client.get(f"{API}/declarations/due", query_string=query).json["items"]
        for row in due[:12]:
            entry = {"indicator": row["indicator"], "counts": {"count": "0"}}
            body = {"cycle": "2026", "period": "2026-M01", "subject": person, "entries": [entry]}
            client.post(f"{API}/declarations", json=body)
    head = world.log_in("head", "unit_head:unit:S01", person="P0019")
    waiting = head.get(f"{API}/declarations?cycle=2026&unit=S01").json["items"][::2]
    for one in waiting:
        body = {"cycle": "2026", "declarations": [{"declaration": one["declaration"]}]}
        head.post(f"{API}/declarations/verify", json=body)


def take_in_cases(client: FlaskClient) -> None:
    new = [
        {
            "kind": kind,
            "intake_unit": unit,
            "summary": "退款纠纷",
            "trader": "云汀百货",
            "received_at": "2026-03-02T09:00:00+08:00",
            "at": "2026-03-02T09:00:00+08:00",
        }
        for kind in ("complaint", "report")
        for unit in ("S01", "D10", "C01")
    ]
    made = client.post(f"{API}/cases", json={"cases": new})
    assert made.status_code == 201, made.json
    handlers = [("S01", "P0020"), ("S01", "P0021"), ("D10", "P0024"), ("C01", None)]
    for case, (unit, handler) in zip(made.json["cases"], handlers, strict=False):
        step = {"case": case["case"], "unit": unit, "handler": handler, "at": "2026-03-02T10:00:00+08:00"}
        answer = client.post(f"{API}/cases/assign", json={"cases": [step]})
        assert answer.status_code == 200, answer.json


@pytest.fixture(scope="module")
def world(cluster: str, templates: Any) -> Iterator[ReferenceWorld]:
    with Databases(cluster, templates) as database, reference_world(database) as world:
        declare_everything_simple(world)
        everything = world.log_in("everything", *EVERYTHING)
        take_in_cases(everything)
        pins = [{"pin": str(number), "person": person} for number, person in enumerate(PEOPLE, start=1)]
        assert everything.post(f"{API}/enrolments", json={"enrolments": pins}).status_code in (200, 201)
        for path in ("attendance-months/2026-01/close", "case-figures/2026-03/close"):
            answer = everything.post(f"{API}/{path}")
            assert answer.status_code == 200, answer.json
        world.services.deliver()
        yield world


@pytest.fixture(scope="module")
def actors(world: ReferenceWorld) -> list[tuple[str, FlaskClient]]:
    dice = random.Random(SEED)
    made = []
    for number in range(24):
        held = dice.sample(ROLES, dice.choice((0, 0, 1, 1, 2)))
        scoped = [f"{role}:unit:{dice.choice(UNITS)}" if role in IN_A_UNIT else f"{role}:bureau" for role in held]
        roles = [*(["staff:own"] if number % 6 else []), *scoped]
        person = dice.choice(PEOPLE) if number % 6 else None
        told = f"{person} as {' '.join(roles) or 'nobody'}"
        made.append((told, world.log_in(f"actor-{number}", *roles, person=person)))
    return made


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.page.partition("?")[0])
def test_a_list_shows_what_may_be_read_singly_and_nothing_else(
    world: ReferenceWorld, actors: list[tuple[str, FlaskClient]], kind: Kind
) -> None:
    every = sorted(listed(world.log_in(f"all-{kind.key}-{kind.page[:4]}", *EVERYTHING), kind))
    dice = random.Random(SEED)
    looked_at = dice.sample(every, min(len(every), 15))
    assert len(looked_at) >= 3, "too little to look at"
    outcomes = set()
    for told, client in actors:
        shown = listed(client, kind)
        assert shown <= set(every)
        for one in looked_at:
            answer = client.get(f"{API}/{kind.one.format(one)}")
            assert answer.status_code in SEEN + HIDDEN, answer.json
            assert (answer.status_code in SEEN) == (one in shown), f"{told}: {one} {answer.status_code}"
            outcomes.add(one in shown)
    assert outcomes == {True, False}
