"""What explanations decode: the frame of their run once in a process, and of each subject its own inputs."""

from collections import Counter
from typing import Any

import pytest

from services.scoring.storage.run_store import FRAME, Part
from services.scoring.usecases import exporting, incremental, runs
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import states_of

OFFICE = actor("office")


pytestmark = pytest.mark.usefixtures("nothing_held")


@pytest.fixture
def run(scoring: Scoring, world: dict[str, Any]) -> str:
    scoring.take(states_of(world))
    return str(scoring.freeze()["run"])


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch, run: str) -> list[tuple[str, int]]:
    """(part, bytes) of everything that is decoded once the run is frozen."""
    found: list[tuple[str, int]] = []
    real = Part.read

    def reading(part: Part) -> Any:
        found.append((part.part, len(part.body)))
        return real(part)

    monkeypatch.setattr(Part, "read", reading)
    return found


def _explain(scoring: Scoring, run: str, subject: str) -> dict[str, Any]:
    return scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": subject, "evidence": False})


def _people(scoring: Scoring, run: str) -> list[str]:
    query = {"run": run, "layer": "person", "after": None, "limit": 500}
    return [row["subject"] for row in scoring.do(runs.list_scores, OFFICE, query)["items"]]


def _exported(scoring: Scoring, run: str, usecase: Any, limit: int) -> tuple[list[dict[str, Any]], int]:
    items: list[dict[str, Any]] = []
    after, pages = None, 0
    while True:
        page = scoring.do(usecase, OFFICE, {"run": run, "layer": "person", "after": after, "limit": limit})
        items += page["items"]
        after, pages = page["next"], pages + 1
        if after is None:
            return items, pages


def test_a_second_explanation_decodes_its_own_inputs_only(
    scoring: Scoring, run: str, decoded: list[tuple[str, int]]
) -> None:
    first, second = _people(scoring, run)[:2]
    _explain(scoring, run, first)
    assert [part for part, _ in decoded] == [FRAME, first]
    frame = decoded[0][1]
    decoded.clear()
    before = _explain(scoring, run, second)
    assert [part for part, _ in decoded] == [second]
    assert sum(size for _, size in decoded) < frame
    incremental.forget()
    assert _explain(scoring, run, second) == before


def test_an_export_decodes_the_frame_once_and_each_subject_once(
    scoring: Scoring, run: str, decoded: list[tuple[str, int]]
) -> None:
    people = _people(scoring, run)
    items, pages = _exported(scoring, run, exporting.list_explanations, 2)
    assert {one["subject"] for one in items} == set(people)
    assert pages > 2
    assert Counter(part for part, _ in decoded) == Counter([FRAME, *people])


def test_a_table_of_points_decodes_the_frame_once(scoring: Scoring, run: str, decoded: list[tuple[str, int]]) -> None:
    items, pages = _exported(scoring, run, exporting.list_points, 2)
    assert {one["subject"] for one in items} == set(_people(scoring, run))
    assert pages > 2
    assert [part for part, _ in decoded] == [FRAME]


def test_runs_of_the_same_frame_share_it(scoring: Scoring, run: str, decoded: list[tuple[str, int]]) -> None:
    other = str(scoring.freeze()["run"])
    person = _people(scoring, run)[0]
    decoded.clear()
    trees = [_explain(scoring, one, person) for one in (run, other)]
    assert [part for part, _ in decoded] == [FRAME, person, person]
    assert trees[0]["final"] == trees[1]["final"]


def test_a_run_without_its_frame_is_refused(scoring: Scoring, run: str) -> None:
    from sqlalchemy import text

    person = _people(scoring, run)[0]
    _explain(scoring, run, person)
    with scoring.sessions.engine.begin() as connection:
        connection.execute(text("DELETE FROM scoring.run_input WHERE part = ''"))
    with pytest.raises(Exception, match=r"run\.no_input"):
        _explain(scoring, run, person)
