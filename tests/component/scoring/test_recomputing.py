"""A run can be computed again at any time; what differs is named, and a late correction is a new run with its differences."""

from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from ops.scoring import command
from services.scoring.usecases import comparing, publishing, runs
from shared.errors import NotFound
from shared.settings import Settings, settings
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import declaration_state, states_of

OFFICE, AUDITOR = actor("office"), actor("auditor")


@pytest.fixture
def run(scoring: Scoring, world: dict[str, Any]) -> str:
    scoring.take(states_of(world))
    return str(scoring.freeze()["run"])


@pytest.fixture
def kaohe(scoring: Scoring, monkeypatch: pytest.MonkeyPatch) -> Any:
    url = scoring.sessions.engine.url.render_as_string(hide_password=False)
    monkeypatch.setattr(settings, "_settings", Settings(database_url=url))
    return lambda *arguments: CliRunner().invoke(command, list(arguments))


def _change(scoring: Scoring, statement: str) -> None:
    with scoring.sessions.engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount > 0


def _against(run: str, against: str | None = None, limit: int = 500) -> dict[str, Any]:
    return {"run": run, "against": against, "after": None, "limit": limit}


def _corrected(scoring: Scoring, world: dict[str, Any]) -> dict[str, Any]:
    """An assessed declaration of a list whose items were fulfilled in part, corrected to none after the run was frozen."""
    rules = {one["indicator"]: one["rule"] for one in world["indicators"]}
    chosen = next(
        one for one in world["declarations"]
        if one["status"] == "assessed" and rules[one["indicator"]] == "checklist" and one["counts"].get("done", "0") != "0"
    )  # fmt: skip
    scoring.take([declaration_state(chosen, revision=9, counts={"done": Decimal(0)})])
    return dict(chosen)


def test_recomputing_prints_identical_or_the_first_difference(scoring: Scoring, run: str, kaohe: Any) -> None:
    same = kaohe("recompute", run)
    assert same.exit_code == 0
    assert "一致 identical" in same.output
    _change(scoring, "UPDATE scoring.run_points SET body = (SELECT body FROM scoring.run_points WHERE subject = 'S02')"
                     " WHERE subject = 'S01'")  # fmt: skip
    other = kaohe("recompute", run)
    assert other.exit_code == 1
    assert "DIFFERENT, first at items/S01/" in other.output
    assert kaohe("recompute", "no-such-run").exit_code == 1
    assert run in kaohe("runs").output.replace("\n", "")


@pytest.mark.parametrize(
    ("tampered", "place"),
    [
        (
            "UPDATE scoring.score SET result = jsonb_set(result, '{final}', '\"99.99\"') WHERE run <> 'standing'",
            "rows/",
        ),
        ("UPDATE scoring.run SET summary = jsonb_set(summary, '{score}', '\"99.99\"')", "bureau/score"),
        ("UPDATE scoring.run_input SET hash = 'x' WHERE part = ''", "inputs/"),
        ("UPDATE scoring.run SET result_hash = repeat('0', 64)", "result_hash"),
        ("DELETE FROM scoring.run_input WHERE part = 'S01'", "items/S01"),
    ],
)
def test_whatever_of_a_run_was_changed_behind_its_back_is_found(
    scoring: Scoring, run: str, tampered: str, place: str
) -> None:
    _change(scoring, tampered)
    verdict = scoring.do(runs.recompute_run, AUDITOR, {"run": run})
    assert not verdict["same"]
    assert verdict["difference"]["at"].startswith(place)


def test_a_late_correction_leaves_the_run_and_makes_a_new_one_with_the_difference_per_subject(
    scoring: Scoring, world: dict[str, Any], run: str
) -> None:
    before = scoring.do(runs.list_scores, OFFICE, {**_against(run), "layer": None})
    corrected = _corrected(scoring, world)
    assert scoring.do(runs.list_scores, OFFICE, {**_against(run), "layer": None}) == before
    assert scoring.do(runs.read_run, OFFICE, {"run": run})["newer_states"]
    second = scoring.freeze()["run"]
    found = scoring.do(runs.read_run, OFFICE, {"run": second})
    assert (found["previous"], found["newer_states"]) == (run, False)
    compared = scoring.do(comparing.compare_runs, OFFICE, _against(second))
    assert compared["against"] == run
    changed = {one["subject"]: one for one in compared["items"]}
    own = changed[corrected["subject"]]
    assert [item["indicator"] for item in own["items"]] == [corrected["indicator"]]
    assert Decimal(own["items"][0]["after"]) < Decimal(own["items"][0]["before"])
    rows = {row["subject"]: row for row in before["items"]}
    assert own["changes"]["layer_score"]["before"] == rows[corrected["subject"]]["layer_score"]
    others = [one for code, one in changed.items() if code != corrected["subject"]]
    assert all(not one["items"] for one in others)  # they differ by unit and bureau only


def test_the_differences_page_by_subject_and_the_first_run_has_none(
    scoring: Scoring, world: dict[str, Any], run: str, kaohe: Any
) -> None:
    with pytest.raises(NotFound, match=r"run\.no_previous"):
        scoring.do(comparing.compare_runs, OFFICE, _against(run))
    _corrected(scoring, world)
    second = scoring.freeze()["run"]
    whole = scoring.do(comparing.compare_runs, OFFICE, _against(second))
    first = scoring.do(comparing.compare_runs, OFFICE, _against(second, limit=1))
    rest = scoring.do(comparing.compare_runs, OFFICE, {**_against(second), "after": first["next"]})
    assert first["items"] + rest["items"] == whole["items"]
    assert f"共 {whole['changed']} 个对象有变化" in kaohe("differences", second).output


def test_staff_see_their_own_difference_of_published_runs_only(
    scoring: Scoring, world: dict[str, Any], run: str
) -> None:
    corrected = _corrected(scoring, world)
    second = scoring.freeze()["run"]
    own = actor("staff", person=corrected["subject"])
    with pytest.raises(NotFound, match=r"run\.unknown"):
        scoring.do(comparing.compare_runs, own, _against(second))
    for one in (run, second):
        scoring.do(runs.approve_run, actor("panel"), {"run": one, "chosen": {}})
        scoring.do(publishing.publish_run, OFFICE, {"visible": {}, "objection_days": 5, "run": one})
    items = scoring.do(comparing.compare_runs, own, _against(second))["items"]
    assert {one["subject"] for one in items} <= {corrected["subject"]}
