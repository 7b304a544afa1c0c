"""The targets service on a real database: its entrypoints, called as the gateway calls them, and how far a year has come in it."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import text

from ops.demo.staff import staff
from services.targets.service import TargetsService
from shared import events
from shared.actor import Actor, Grant
from shared.database import Sessions, open_sessions
from shared.errors import Invalid
from shared.events import event_type
from shared.jsontext import dumps, loads
from tests.support.databases import Settle

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
BUREAU = "BH"
CYCLE = "2026"
ADMIN = Actor("root", "root", "", grants=(Grant("admin", "installation"),))
OFFICE = Actor("office", "office", BUREAU, "P0024", grants=(Grant("office", "bureau"), Grant("staff", "own")))


def staff_actor(person: str, *grants: Grant, bureau: str = BUREAU) -> Actor:
    return Actor(person.lower(), person, bureau, person, grants=(Grant("staff", "own"), *grants))


def sheet(name: str) -> bytes:
    return (REFERENCE / f"{name}.csv").read_bytes()


def sheets(*names: str, **changed: bytes) -> dict[str, str]:
    """Sheets as the gateway sends them; ``changed`` ones in place of the reference's."""
    data = {name: sheet(name) for name in names} | changed
    return {name: base64.b64encode(content).decode() for name, content in data.items()}


SETUPS = "04-01-01"  # access, division|station|person, cap 260
ALLOCATION = {"indicator": SETUPS, "unit": "D01", "quantity": "300"}
LIBRARY = ("indicators", "models", "composite", "machine_figures")


@dataclass
class World:
    sessions: Sessions
    service: Any = field(init=False)

    def __post_init__(self) -> None:
        self.service = TargetsService()
        self.service.database = self.sessions

    def call(self, method: str, actor: Actor = OFFICE, /, **body: Any) -> dict[str, Any]:
        """What the entrypoint answers, through JSON both ways as on the wire."""
        try:
            answer = getattr(self.service, method)(actor, loads(dumps(body)))
        except ValidationError as error:
            raise Invalid.from_marshmallow(error) from error  # as the rpc server answers it
        decoded: dict[str, Any] = loads(dumps(answer))
        return decoded

    def pages(self, method: str, actor: Actor = OFFICE, /, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        after = None
        while True:
            page = self.call(method, actor, limit=500, after=after, **query)
            items += page["items"]
            after = page["next"]
            if after is None:
                return items

    def states(self, event: str) -> list[dict[str, Any]]:
        """Every state of the event as it is now that waits in the outbox, oldest first."""
        statement = text("SELECT body FROM targets.outbox WHERE event = :event ORDER BY id")
        name = event_type(getattr(events, event)).wire_name
        with self.sessions.engine.connect() as connection:
            bodies = connection.execute(statement, {"event": name}).scalars().all()
        return [state for body in bodies for state in loads(body)]

    def clear_outbox(self) -> None:
        with self.sessions.engine.begin() as connection:
            connection.execute(text("DELETE FROM targets.outbox"))

    def count(self, table: str) -> int:
        with self.sessions.engine.connect() as connection:
            return connection.execute(text(f"SELECT count(*) FROM targets.{table}")).scalar_one()


def _founded(world: World) -> None:
    world.call("create_bureau", ADMIN, bureau=BUREAU, name="滨河分局")
    world.call("import_organisation", sheets=sheets("organisation", "positions"))


def employ(world: World, number: int) -> None:
    entries = [
        {"person": one.code, "name": one.name, "unit": one.unit, "position": one.position, "starts": "2026-01-01"}
        for one in staff(number)
    ]
    for first in range(0, number, 500):
        world.call("add_persons", persons=entries[first : first + 500])


def _with_a_cycle(world: World) -> None:
    _founded(world)
    world.call("create_cycle", cycle=CYCLE)


def _drafted(world: World) -> None:
    _founded(world)
    employ(world, 60)
    clerk = {"unit": "D01", "position": "D01-02", "starts": "2026-01-01"}
    world.call("add_persons", persons=[{**clerk, "person": f"P900{n}", "name": f"受理员{n}"} for n in (1, 2, 3)])
    world.call("create_cycle", cycle=CYCLE)
    world.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))


def _opened(world: World) -> None:
    _drafted(world)
    world.call("publish_library", cycle=CYCLE)
    world.call("move_cycle", cycle=CYCLE, status="open")


def _pooled(world: World) -> None:
    _opened(world)
    world.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])


def _allocated(world: World) -> None:
    _opened(world)
    world.call("propose_allocations", cycle=CYCLE)
    world.call("set_allocations", cycle=CYCLE, accept_proposals=True)


@contextmanager
def world_on(url: str) -> Iterator[World]:
    sessions = open_sessions(url, "targets")
    try:
        yield World(sessions)
    finally:
        sessions.engine.dispose()


def _settled(put: Callable[[World], None]) -> Settle:
    def settle(url: str) -> None:
        with world_on(url) as world:
            put(world)

    return settle


# What a test that asks for a fixture of this name finds in its database, the fullest first.
STAGES = {
    "pool": _settled(_pooled),
    "allocated": _settled(_allocated),
    "opened": _settled(_opened),
    "drafted": _settled(_drafted),
    "draft_cycle": _settled(_with_a_cycle),
    "bureau": _settled(_founded),
}


def clerks(world: World, unit="D01"):
    return [one["person"] for one in world.pages("list_persons", unit=unit)]


def claim(world, actor, target, subject=None, indicator=SETUPS):
    entry = {"indicator": indicator, "subject": subject, "target": target}
    return world.call("claim_indicators", actor, cycle=CYCLE, claims=[entry])["items"][0]
