"""Nothing tells how one or two voted, from the ballot to the frozen year: every address of the services that hold votes, what stands on
screen, goes out as a table and is printed, is asked by every role after campaigns of none to four ballots.

The addresses come from the document of the API: a new one is asked like the others; one that needs something this test does not know fails it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from gateway.auth.roles import SCOPES
from gateway.files.store import Store
from gateway.paper import printing
from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from services.scoring import errands
from services.scoring.service import ScoringService
from services.scoring.workers import stop_workers
from shared.database import open_sessions
from shared.events import CycleChanged, EvaluationChanged, IndicatorChanged, PersonChanged, UnitChanged
from shared.events.declaring import REGISTRY
from shared.jsontext import loads
from tests.component.scoring.conftest import Scoring
from tests.component.scoring.states import BUREAU, cycle_state, indicator_state, states_of
from tests.component.secrets.both import Both
from tests.component.secrets.leaks import COEFFICIENTS, GIVEN, leaked
from tests.oracle.worlds import small_bureau
from tests.support.contracts import families
from tests.support.databases import Databases
from tests.support.over_http import World, app_on

pytestmark = pytest.mark.timeout(1200)  # thousands of questions
ITEM, PERIOD, FULL = "11-04-06", "2026-H1", "15"
VALUES = {"values": {grade: COEFFICIENTS[grade] for grade in reversed(GIVEN)}}
SEEING = ("office", "panel", "leader", "auditor")  # asked for everything
# The other roles, a new one by itself: asked for one of each kind, with nothing chosen.
OTHERS = [role for role, reach in SCOPES.items() if "bureau" in reach and role not in SEEING]
YEAR = "2026-Y"
NOBODY = "01a22932-e97d-7622-99e4-647094515bb9"
WITHOUT_VOTES = {"appeal", "contribution", "declaration", "aggregate", "evidence", "spot_check", "order", "work", "job"}
FAMILIES = {one.name for one in families() if one.service in ("declarations", "scoring")}


class Year:
    """A bureau of ``small_bureau`` in which five were evaluated, by none to four, and the run that was published after it."""

    def __init__(self, http: World, declarations: Any, scoring: Scoring) -> None:
        self.http, self.declarations, self.scoring = http, declarations, scoring
        self.places = self._take_in()  # person -> unit
        self.subjects = sorted(self.places)[: len(GIVEN)]
        self.office, self.panel = http.log_in("office", "office"), http.log_in("panel", "panel")
        self.staff = {one: http.log_in(one, "staff", person=one) for one in self.places}
        self.campaigns = [self._vote(*one) for one in enumerate(self.subjects)]
        self.run = self._result()

    def clients(self) -> dict[str, FlaskClient]:
        head = self.http.log_in("head", "staff", person="H99", heads=self.places[self.subjects[1]])
        watching = {role: self.http.log_in(role, role) for role in (*SEEING[2:], *OTHERS)}
        rater = next(one for one in self.places if one not in self.subjects)
        own = {one: self.staff[one] for one in (*self.subjects[1:3], rater)}
        return {**own, "head": head, "office": self.office, "panel": self.panel, **watching}

    def _take_in(self) -> dict[str, str]:
        world = small_bureau(Random(4))  # of ten people
        world["indicators"] = [
            one for one in world["indicators"] if one["rule"] != "grade"
        ]  # no grades but those voted
        kept = {one["indicator"] for one in world["indicators"]}
        for kind in ("claims", "declarations", "task_orders", "contributions", "vetoes"):
            world[kind] = [one for one in world[kind] if one["indicator"] in kept]
        world["evaluations"] = []  # but those held here
        self._cycle = world["cycle"]
        for one in world["persons"]:
            one["active"] = True
            one["assignments"] = [{**one["assignments"][-1], "unit": "D01", "starts": "2025-03-01"}]
        item = {"indicator": ITEM, "name": "群众评议", "category": "additional", "tool": "subjective", "line": "all"}
        item |= {"layers": ["person"], "full_points": FULL, "rule": "grade", "rule_params": VALUES}
        known = indicator_state({**item, "frequency": "half_yearly", "active": True})
        states = [*states_of(world), known, cycle_state(self._cycle, status="open", revision=8)]
        self.scoring.take(states)
        for kind, keep in KEEPERS.items():
            own = [one for one in states if type(one) is kind]
            with self.declarations.database.begin_handling(own) as session:
                keep(session, own)
        return {one["person"]: "D01" for one in world["persons"]}

    def _vote(self, ballots: int, subject: str) -> str:
        raters = [one for one in self.places if one != subject][:4]
        opened = {
            "indicator": ITEM,
            "period": PERIOD,
            "subjects": [subject],
            "groups": [{"group": "peers", "raters": raters}],
        }
        answer = self.office.post("/api/v1/campaigns", json={"cycle": "2026", "campaigns": [opened]})
        one = str(answer.json["campaigns"][0]["campaign"])
        for rater in raters[:ballots]:
            ballot = {"campaign": one, "votes": {subject: GIVEN[ballots]}}
            cast = self.staff[rater].post("/api/v1/campaigns/ballots", json={"ballots": [ballot]})
            assert cast.status_code == 201, cast.text
        closed = self.panel.post("/api/v1/campaigns/close", json={"campaigns": [one]})
        assert closed.status_code == 200, closed.text
        return one

    def _result(self) -> str:
        self.scoring.take(self._told())
        self.scoring.take([cycle_state(self._cycle, revision=9)])  # closed
        run = str(self.scoring.freeze()["run"])
        assert self.panel.post(f"/api/v1/runs/{run}/approve").status_code == 200
        assert self.office.post(f"/api/v1/runs/{run}/publish", json={}).status_code == 200
        return run

    def _told(self) -> Iterator[Any]:
        """What declarations tells scoring of the evaluations."""
        with self.declarations.database.engine.connect() as connection:
            rows = connection.execute(text("SELECT event, body FROM declarations.outbox ORDER BY id")).all()
        for event, body in rows:
            if REGISTRY[event].cls is EvaluationChanged:
                yield from (REGISTRY[event].load(one) for one in loads(body))


KEEPERS = {
    UnitChanged: projections.keep_units,
    PersonChanged: projections.keep_persons,
    CycleChanged: projections.keep_cycles,
    IndicatorChanged: projections.keep_indicators,
}


def _given(kind: str, given: Any, made: Any, _patience: float) -> None:
    """A file is judged by what it is made from: it can show nothing else, and drawing each would take seconds."""
    given.seek(0)
    made.write(given.read())
    made.seek(0)


@pytest.fixture
def year(database: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Year]:
    monkeypatch.setattr(errands, "work_on", lambda *_: None)  # what publication tells others is another test's
    monkeypatch.setattr(printing, "_print", _given)
    url = database("gateway", "declarations", "scoring")
    accounts = open_sessions(url, "gateway")
    declarations, scoring = DeclarationsService(), ScoringService()
    declarations.database, scoring.database = open_sessions(url, "declarations"), open_sessions(url, "scoring")
    wire = Both(declarations, scoring)
    http = World(app_on(accounts, wire, store=Store(str(tmp_path), {})), wire, accounts, scoring.database, BUREAU)  # type: ignore[arg-type]
    yield Year(http, declarations, Scoring(scoring.database))
    stop_workers()
    for one in (accounts, declarations.database, scoring.database):
        one.engine.dispose()


def addresses(year: Year) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address at which the two services are read, with what it needs; those of a subject or campaign for each of them."""
    document = year.office.get("/api/v1/openapi.json").json
    for path, methods in document["paths"].items():
        view = methods.get("get")
        if view is not None and FAMILIES & set(view.get("tags", ())):
            yield from _asked(year, path, view)


def _asked(year: Year, path: str, view: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    names = set(re.findall(r"\{(\w+)\}", path))
    offered = {one["name"]: one for one in view.get("parameters", ()) if one.get("in") == "query"}
    needed = {name for name, one in offered.items() if one.get("required")}
    query = needed | ({"subject", "layer"} & set(offered))
    every = {"subject", "campaign"} & (names | needed)
    for number in range(len(GIVEN)) if every else ((1, 2, 3) if "subject" in query else (1,)):
        known = _known(year, number)
        assert names | needed <= {*known, *WITHOUT_VOTES}, f"this test does not know what {path} needs"
        place = re.sub(r"\{(\w+)\}", lambda found: known.get(found.group(1), NOBODY), path)  # noqa: B023
        filled = {name: known.get(name, NOBODY) for name in query}
        for more in _chosen(offered):
            yield place, {**filled, **more}


def _chosen(offered: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What may be chosen beside what is needed: nothing, each format, and all flags with the longest period."""
    formats = offered.get("format", {}).get("schema", {}).get("enum", ())
    flags = dict.fromkeys((name for name, one in offered.items() if one["schema"].get("type") == "boolean"), "true")
    yield from ({"format": one} for one in formats)
    if not formats:
        yield {}
    if flags:
        yield {
            **flags,
            **({"period": YEAR} if "period" in offered else {}),
            **dict(zip(["format"], formats, strict=False)),
        }


def _known(year: Year, number: int) -> dict[str, str]:
    return {
        "cycle": "2026", "period": PERIOD, "form": "subjective", "kind": "declaration", "month": "2026-01", "raters": "9",
        "run": year.run, "item": ITEM, "indicator": ITEM, "layer": "person", "unit": "D01", "line": "access",
        "subject": year.subjects[number], "campaign": year.campaigns[number],
    }  # fmt: skip


def test_nobody_is_told_anywhere_what_one_or_two_gave_and_three_or_four_are_told_where_this_test_looks(
    year: Year,
) -> None:
    clients, found = year.clients(), dict[int, set[str]]()
    for place, query in addresses(year):
        for by, client in clients.items():
            if by in OTHERS and not _plain(year, place, query):
                continue
            answer = client.get(place, query_string=query)
            assert answer.status_code < 500, (place, by, answer.text)
            for number in leaked(answer) if answer.status_code == 200 else ():
                found.setdefault(number, set()).add(_where(year, by, place, query))
    assert {number: found[number] for number in (0, 1, 2) if number in found} == {}
    told_of_three = {where for _, where in (one.split(" ", 1) for one in found[3])}
    assert {
        "forms/subjective",
        "forms/subjective/workbook",
        "forms/subjective/paper pdf",
        "forms/subjective 2026-Y",
        "campaigns/<campaign>",
    } <= told_of_three
    assert {"runs/<run>/explanations/<subject>", "runs/<run>/explanations/<subject>/paper"} <= told_of_three
    assert found[4]


def _plain(year: Year, place: str, query: dict[str, str]) -> bool:
    """Tell whether it is asked about the one whom one evaluated, or about nobody, without anything chosen."""
    about = {*place.split("/"), *query.values()}
    others = {*year.subjects, *year.campaigns} - {year.subjects[1], year.campaigns[1]}
    return not about & others and not {"true", "docx", "parquet"} & about


def _where(year: Year, by: str, place: str, query: dict[str, str]) -> str:
    longer = query["period"] if query.get("inside") and query["period"] != PERIOD else ""
    return " ".join(filter(None, (by, _named(year, place), query.get("format"), longer)))


def _named(year: Year, place: str) -> str:
    known = {
        year.run: "<run>",
        **dict.fromkeys(year.subjects, "<subject>"),
        **dict.fromkeys(year.campaigns, "<campaign>"),
    }
    return "/".join(known.get(part, part) for part in place.removeprefix("/api/v1/").split("/"))
