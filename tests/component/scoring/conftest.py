"""Scoring's use cases on a real database, as its service calls them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete

from services.scoring import errands
from services.scoring.storage.bureau_rules import rules_of
from services.scoring.storage.findings import keep_findings
from services.scoring.storage.kept_standings import kept_standing
from services.scoring.storage.leaves import keep_leave
from services.scoring.usecases import incremental, projections, runs, standings, waiting
from shared.actor import Actor, Grant
from shared.batches import answering
from shared.database import Sessions, open_sessions
from shared.events import (
    AttendanceMonthChanged,
    ClaimChanged,
    ContributionChanged,
    CycleChanged,
    DeclarationChanged,
    EvaluationChanged,
    FindingsChanged,
    IndicatorChanged,
    ModelChanged,
    PersonChanged,
    TaskOrderChanged,
    UnitChanged,
    VetoChanged,
)
from tests.component.scoring.states import BUREAU
from tests.oracle.worlds import small_bureau
from tests.support.databases import Databases
from tests.support.somebody import somebody

KEEPERS: dict[type, Callable[..., None]] = {
    UnitChanged: projections.keep_units,
    PersonChanged: projections.keep_persons,
    CycleChanged: projections.keep_cycles,
    IndicatorChanged: projections.keep_indicators,
    ModelChanged: projections.keep_models,
    ClaimChanged: projections.keep_claims,
    DeclarationChanged: projections.keep_declarations,
    TaskOrderChanged: projections.keep_task_orders,
    ContributionChanged: projections.keep_contributions,
    EvaluationChanged: projections.keep_evaluations,
    VetoChanged: projections.keep_vetoes,
    AttendanceMonthChanged: keep_leave,
    FindingsChanged: keep_findings,
}


def actor(role: str, *, person: str | None = None, unit: str | None = None, bureau: str = BUREAU) -> Actor:
    grant = Grant(role, "unit" if unit else "own" if role == "staff" else "bureau", unit)
    account = f"{role}-{person or unit or ''}"
    return Actor(account, role, bureau, somebody(person, account, [role]), (grant,))


class Scoring:
    """The service's methods without its transport: one transaction per call."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        with sessions.begin(actor("office")) as session:  # made-up scores are low, and most tests ask who is nominated
            rules_of(session, BUREAU).set("commend_from", date(2000, 1, 1), 0)

    def take(self, states: Iterable[Any]) -> None:
        """States in messages as the wire brings them: one type a message, some states each."""
        batch: list[Any] = []
        for state in [*states, None]:
            if batch and (type(state) is not type(batch[0]) or len(batch) == 200):
                with self.sessions.begin_handling(batch) as session:
                    KEEPERS[type(batch[0])](session, batch)
                batch = []
            batch.append(state)

    def forget(self) -> None:
        """Nothing is held and nothing is kept: whoever looks next reckons from the facts."""
        incremental.forget()
        with self.sessions.begin(actor("office")) as session:
            session.execute(delete(kept_standing))

    def standing(self, who: Actor, layer: str = "person", cycle: str = "2026") -> dict[str, Any]:
        query = {"cycle": cycle, "layer": layer, "after": None, "limit": 500}
        with answering(), self.sessions.begin(who) as session:
            return standings.list_standing(session, who, query)

    def assume_all(self, cycle: str = "2026", bureau: str = BUREAU) -> None:
        """The panel takes upon itself whatever waits: made-up bureaus are full of it."""
        panel = actor("panel", bureau=bureau)
        after = None
        while True:
            page = self.do(waiting.list_waiting, panel, {"cycle": cycle, "after": after, "limit": 500})
            left = [one for one in page["items"] if one["assumed"] is None]
            items = [{"kind": one["kind"], "fact": one["fact"], "reason": "逾期未核评"} for one in left]
            if items:
                self.do(waiting.assume_waiting, panel, {"cycle": cycle, "items": items})
            after = page["next"]
            if after is None:
                return

    def freeze(self, cycle: str = "2026") -> dict[str, Any]:
        self.assume_all(cycle)
        office = actor("office")
        with answering(), self.sessions.begin(office) as session:
            frozen = runs.collect_run(session, office, cycle)
        with self.sessions.begin(office) as session:
            return runs.freeze_run(session, office, frozen)

    def do(self, usecase: Callable[..., dict[str, Any]], who: Actor, argument: Any) -> dict[str, Any]:
        with answering(), self.sessions.begin(who) as session:
            return usecase(session, who, argument)


@pytest.fixture
def nothing_held() -> Iterator[None]:
    incremental.forget()
    yield
    incremental.forget()


@pytest.fixture
def scoring(database: Databases) -> Iterator[Scoring]:
    sessions = open_sessions(database("scoring"), "scoring")
    yield Scoring(sessions)
    sessions.engine.dispose()


@pytest.fixture
def world() -> dict[str, Any]:
    return {**small_bureau(Random(20260722))}


@pytest.fixture
def results(database: Databases, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A frozen run behind the gateway; what publication tells others is another test's."""
    from tests.component.scoring.after_a_run import results_of

    monkeypatch.setattr(errands, "work_on", lambda *_: None)
    with results_of(database, world) as made:
        yield made
