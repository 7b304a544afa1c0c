"""A process that begins takes up the standing that was kept, and works in what came since."""

from typing import Any

import pytest
from sqlalchemy import event, text

from services.scoring.storage import facts, kept_standings
from services.scoring.usecases import incremental, standings
from shared.errors import Forbidden
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import declaration_state, person_state, states_of, veto_state

LAYERS = ("division", "station", "person")


pytestmark = pytest.mark.usefixtures("nothing_held")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The subjects whose dossiers were read."""
    found: list[str] = []

    def reading(session: Any, bureau: str, cycle: str, subjects: Any) -> Any:
        found.extend(f"{bureau}/{one}" for one in subjects)
        return facts.read_dossiers(session, bureau, cycle, subjects)

    monkeypatch.setattr(incremental, "read_dossiers", reading)
    return found


def _whole(scoring: Scoring, bureau: str = "B00") -> dict[str, Any]:
    pages = {layer: scoring.standing(actor("office", bureau=bureau), layer) for layer in LAYERS}
    return {"bureau": pages["person"]["bureau"], **{layer: page["items"] for layer, page in pages.items()}}


def _kept_version(scoring: Scoring) -> int:
    with scoring.sessions.engine.connect() as connection:
        return int(connection.execute(text("SELECT facts_version FROM scoring.kept_standing")).scalar_one())


def test_who_begins_reads_no_dossier(scoring: Scoring, world: dict[str, Any], read: list[str]) -> None:
    item = world["indicators"][0]["indicator"]
    veto = {"code": "V-1", "indicator": item, "subject": "S01", "layer": "station", "status": "confirmed"}
    scoring.take([*states_of(world), veto_state({**veto, "reason": "弄虚作假"})])
    made = _whole(scoring)
    assert read
    assert [row["subject"] for row in made["station"] if row["vetoes"]] == ["S01"]
    read.clear()
    incremental.forget()
    assert _whole(scoring) == made
    assert read == []


def test_what_came_since_is_worked_in(
    scoring: Scoring, world: dict[str, Any], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.take(states_of(world))
    _whole(scoring)
    known = {one["person"] for one in world["persons"]} | {one["unit"] for one in world["units"]}
    done = next(
        one
        for one in world["declarations"]
        if one["status"] == "assessed" and one["counts"] and one["subject"] in known
    )
    scoring.take([declaration_state({**done, "counts": dict.fromkeys(done["counts"], "0")}, revision=9)])
    read.clear()
    incremental.forget()
    scored: list[str] = []
    real = incremental.score_own_item
    monkeypatch.setattr(incremental, "score_own_item", lambda *given: scored.append(given[1].code) or real(*given))
    begun = _whole(scoring)
    assert scored == [done["subject"]]
    assert read == []
    scoring.forget()
    assert _whole(scoring) == begun


def test_somebody_who_came_since_is_read_and_nobody_else(
    scoring: Scoring, world: dict[str, Any], read: list[str]
) -> None:
    scoring.take(states_of(world))
    _whole(scoring)
    newcomer = {**world["persons"][0], "person": "P-NEW", "active": True}
    scoring.take([person_state(newcomer)])
    read.clear()
    incremental.forget()
    begun = _whole(scoring)
    assert read == ["B00/P-NEW"]
    scoring.forget()
    assert _whole(scoring) == begun


def test_what_another_release_kept_is_not_taken_up(
    scoring: Scoring, world: dict[str, Any], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.take(states_of(world))
    made = _whole(scoring)
    everybody = sorted(read)
    read.clear()
    incremental.forget()
    monkeypatch.setattr(kept_standings, "reckoning", lambda: "another")
    assert _whole(scoring) == made
    assert sorted(read) == everybody


def test_it_is_kept_anew_after_so_many_changes(
    scoring: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "KEPT_EVERY", 3)
    scoring.take(states_of(world))
    _whole(scoring)
    first = _kept_version(scoring)
    for revision, expected in ((10, first), (11, first), (12, first + 3)):
        scoring.take([declaration_state(world["declarations"][0], revision=revision)])
        _whole(scoring)
        assert _kept_version(scoring) == expected


def test_what_was_asked_in_vain_is_kept_all_the_same(scoring: Scoring, world: dict[str, Any], read: list[str]) -> None:
    """A look that is refused in the end rolls back; the standing that was made for it was not made for nothing."""
    scoring.take(states_of(world))
    query = {"cycle": "2026", "subject": "S01", "evidence": False}
    with pytest.raises(Forbidden):
        scoring.do(standings.explain_standing, actor("staff", person="P-NOBODY"), query)
    assert read
    read.clear()
    incremental.forget()
    _whole(scoring)
    assert read == []


def test_the_first_look_at_a_bureau_reads_nothing_of_another(
    scoring: Scoring, world: dict[str, Any], read: list[str]
) -> None:
    states = states_of(world)
    scoring.take(states)
    scoring.take(type(one)(**{**vars(one), "bureau": "B01"}) for one in states)
    asked: list[Any] = []

    def note(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_rest: Any) -> None:
        asked.append(parameters)

    event.listen(scoring.sessions.engine, "before_cursor_execute", note)
    try:
        _whole(scoring, "B01")
    finally:
        event.remove(scoring.sessions.engine, "before_cursor_execute", note)
    assert {one.split("/")[0] for one in read} == {"B01"}
    assert asked
    assert not [one for one in asked if "B00" in str(one)]
