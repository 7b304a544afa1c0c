"""A frozen run behind the gateway, for tests of what follows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient

from services.scoring.service import ScoringService
from services.scoring.workers import stop_workers
from tests.component.scoring.conftest import Scoring
from tests.component.scoring.states import BUREAU, cycle_state, states_of
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

TALK = {"held_on": "2026-01-05", "strengths": "勤勉", "shortcomings": "申报不及时", "measures": "按月申报"}


class Results:
    """A frozen run behind the gateway, and clients of everybody concerned."""

    def __init__(self, http: World, scoring: Scoring, cycle: dict[str, Any]) -> None:
        self.http, self.scoring, self.cycle = http, scoring, cycle
        self._staff: dict[str, FlaskClient] = {}
        self.run = str(scoring.freeze()["run"])
        self.at = f"/api/v1/runs/{self.run}"
        self.office, self.panel = http.log_in("office", "office"), http.log_in("panel", "panel")
        self.leader = http.log_in("leader", "leader")
        scores = self.office.get(f"{self.at}/scores?layer=person").json["items"]
        self.person, self.unit = scores[0]["subject"], scores[0]["unit"]
        self.colleague = next(one["subject"] for one in scores if one["unit"] != self.unit)

    def staff(self, person: str) -> FlaskClient:
        if person not in self._staff:
            self._staff[person] = self.http.log_in(f"staff-{person}", "staff", person=person)
        return self._staff[person]

    def head(self, person: str | None = None) -> FlaskClient:
        return self.http.log_in(f"head-{person}", "staff", person=person, heads=self.unit)

    def approve(self) -> None:
        assert self.panel.post(f"{self.at}/approve").status_code == 200

    def publish(self, **settings: Any) -> dict[str, Any]:
        self.approve()
        answer = self.office.post(f"{self.at}/publish", json=settings)
        assert answer.status_code == 200, answer.json
        published: dict[str, Any] = answer.json
        return published


@contextmanager
def results_of(database: Databases, world: dict[str, Any]) -> Iterator[Results]:
    service = ScoringService()
    with world_of(database, service, BUREAU) as made:
        scoring = Scoring(service.database)
        scoring.take(states_of(world))
        scoring.take([cycle_state(world["cycle"], quota_percent=50, revision=8)])
        yield Results(made, scoring, world["cycle"])
        stop_workers()
