"""The bureau of a run: the reference bureau with 30 people, everybody logged in, votes and clocks ready. Made once, copied for each seed."""

from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.support.databases import Databases
from tests.support.reference_world import EVERYTHING, ReferenceWorld, reference_world

CYCLE = "2026"
GRADED = "11-04-06"
STATION = "S01"
STAFF = ("P0020", "P0021", "P0022", "P0023", "P0026", "P0027", "P0028", "P0029")  # of the station
HEAD = "P0019"
CENTRE = "P0017"  # of complaints, and its head
PERIODS = ("2026-Q1", "2026-Q2", "2026-M03", "2026-M04", "2026-M05", "2026-M06")
CLOCKS = ("SIM1", "SIM2")
CAMPAIGNS = 3


@dataclass(frozen=True)
class Session:
    """A log-in, as a browser keeps it."""

    cookies: tuple[tuple[str, str], ...]
    csrf: str


@dataclass(frozen=True)
class Due:
    subject: str
    indicator: str
    period: str
    keys: tuple[str, ...]


@dataclass
class Bureau:
    template: str
    sessions: dict[str, Session] = field(default_factory=dict)
    due: list[Due] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)  # of units
    campaigns: list[str] = field(default_factory=list)


def founded(database: Databases) -> Bureau:
    """Make the bureau; the database that it leaves is the template of all runs."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with patch("gateway.auth.passwords._HASHER", quick), reference_world(database) as world:
        bureau = Bureau(_database_of(world))
        clients = _logged_in(world, bureau)
        _share_out(clients["office"])
        _prepare_votes(clients["office"], bureau)
        _prepare_clocks(clients["office"])
        world.services.deliver()
        for subject in STAFF:
            bureau.due += _due(clients[subject], subject)
    return bureau


def _database_of(world: ReferenceWorld) -> str:
    return str(world.services.services["targets"].database.engine.url.database)


def _logged_in(world: ReferenceWorld, bureau: Bureau) -> dict[str, FlaskClient]:
    with world.services.services["declarations"].database.engine.connect() as connection:
        heads = connection.execute(text("SELECT unit, person FROM declarations.person WHERE head AND unit <> 'B00'"))
        bureau.heads = dict(sorted((str(row.unit), str(row.person)) for row in heads))
    wanted: dict[str, tuple[str, tuple[str, ...]]] = {
        "office": ("P0024", EVERYTHING),
        "boss": ("P0030", ("leader:bureau", "panel:bureau")),
        **{one: (one, ("staff:own",)) for one in STAFF},
    }
    for unit, head in bureau.heads.items():
        more = ("complaints_centre:bureau",) if head == CENTRE else ()
        wanted[head] = (head, ("staff:own", f"unit_head:unit:{unit}", f"assessor:unit:{unit}", *more))
    clients = {name: world.log_in(f"sim-{name}", *roles, person=person) for name, (person, roles) in wanted.items()}
    for name, client in clients.items():
        cookies = tuple((one.key, one.value) for one in client._cookies.values())
        bureau.sessions[name] = Session(cookies, client.environ_base["HTTP_X_CSRF_TOKEN"])
    return clients


def _share_out(office: FlaskClient) -> None:
    made(office, f"cycles/{CYCLE}/allocations/propose", {})
    made(office, f"cycles/{CYCLE}/allocations", {"accept_proposals": True})


def _prepare_votes(office: FlaskClient, bureau: Bureau) -> None:
    for number in range(CAMPAIGNS):
        raters = [HEAD, *STAFF]
        body = {
            "indicator": GRADED,
            "period": "2026-H1",
            "title": f"测评 {number}",
            "subjects": [STAFF[number]],
            "groups": [{"group": "peers", "raters": [one for one in raters if one != STAFF[number]]}],
        }
        opened = made(office, "campaigns", {"cycle": CYCLE, "campaigns": [body]})
        bureau.campaigns += [one["campaign"] for one in opened["campaigns"]]


def _prepare_clocks(office: FlaskClient) -> None:
    for serial in CLOCKS:
        made(office, "devices", {"serial": serial, "name": serial})
    made(
        office,
        "enrolments",
        {"enrolments": [{"pin": str(int(person[1:])), "person": person} for person in STAFF]},
    )


def _due(client: FlaskClient, subject: str) -> list[Due]:
    found = []
    for period in PERIODS:
        query = {"cycle": CYCLE, "period": period, "subject": subject}
        answer: Any = client.get("/api/v1/declarations/due", query_string=query)
        assert answer.status_code == 200, answer.text
        found += [
            Due(subject, one["indicator"], period, tuple(key["key"] for key in one["quantities"]))
            for one in answer.json["items"]
            if one["source"] == "declared" and one["target"] is None
        ]
    return found


def made(client: FlaskClient, path: str, body: Any) -> Any:
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code in (200, 201), f"{path}: {answer.text}"
    return answer.json
