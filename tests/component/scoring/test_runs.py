"""A run's life, who may do and see what in it, and the way down from a score to its facts."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from services.scoring.usecases import given_numbers, publishing, runs, standings
from shared.batches import answering
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import states_of

OFFICE, PANEL, LEADER, AUDITOR = (actor(role) for role in ("office", "panel", "leader", "auditor"))


@pytest.fixture
def run(scoring: Scoring, world: dict[str, Any]) -> str:
    scoring.take(states_of(world))
    return str(scoring.freeze()["run"])


def _query(run: str, layer: str | None = "person", after: str | None = None, limit: int = 500) -> dict[str, Any]:
    return {"run": run, "layer": layer, "after": after, "limit": limit}


def _publish(scoring: Scoring, run: str) -> None:
    scoring.do(runs.approve_run, PANEL, {"run": run, "chosen": {}})
    scoring.do(publishing.publish_run, LEADER, {"visible": {}, "objection_days": 5, "run": run})


def _some_person(scoring: Scoring, run: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = scoring.do(runs.list_scores, OFFICE, _query(run))["items"]
    return items[0]


def test_a_run_is_frozen_approved_and_published_each_step_announced(scoring: Scoring, run: str) -> None:
    _publish(scoring, run)
    published = scoring.do(runs.read_run, OFFICE, {"run": run})
    assert (published["status"], published["revision"]) == ("published", 3)
    assert (published["approved_by"], published["published_by"]) == (PANEL.account, LEADER.account)
    with scoring.sessions.begin(OFFICE) as session:
        sent = session.execute(text("SELECT event, body::jsonb->0->>'status' FROM scoring.outbox ORDER BY id")).all()
    assert [tuple(row) for row in sent] == [
        ("scoring.ScoresPublished.v2", status) for status in ("frozen", "approved", "published")
    ]


def test_steps_are_not_skipped_or_repeated(scoring: Scoring, run: str) -> None:
    with pytest.raises(Conflict, match=r"run\.not_approved"):
        scoring.do(publishing.publish_run, LEADER, {"visible": {}, "objection_days": 5, "run": run})
    _publish(scoring, run)
    with pytest.raises(Conflict, match=r"run\.not_frozen"):
        scoring.do(runs.approve_run, PANEL, {"run": run, "chosen": {}})


def test_each_step_needs_its_role(scoring: Scoring, run: str) -> None:
    staff = actor("staff", person="P01")
    for usecase, who in (
        (runs.approve_run, OFFICE),
        (publishing.publish_run, PANEL),
        (runs.recompute_run, staff),
        (runs.read_run, staff),
    ):
        with pytest.raises(Forbidden):
            scoring.do(usecase, who, {"run": run})
    with pytest.raises(Forbidden), answering(), scoring.sessions.begin(PANEL) as session:
        runs.collect_run(session, PANEL, "2026")


def test_before_publication_staff_see_themselves_and_a_head_the_unit(scoring: Scoring, run: str) -> None:
    someone = _some_person(scoring, run)
    own = actor("staff", person=someone["subject"])
    head = actor("unit_head", unit=someone["unit"])
    assert [row["subject"] for row in scoring.do(runs.list_scores, own, _query(run))["items"]] == [someone["subject"]]
    assert {row["unit"] for row in scoring.do(runs.list_scores, head, _query(run, None))["items"]} == {someone["unit"]}
    assert len(scoring.standing(own)["items"]) == 1
    everybody = scoring.do(runs.list_scores, AUDITOR, _query(run, None))["items"]
    assert len(everybody) > len(scoring.do(runs.list_scores, head, _query(run, None))["items"])


def test_once_published_everybody_sees_the_ranking_but_no_colleagues_facts(scoring: Scoring, run: str) -> None:
    someone, own = _some_person(scoring, run), actor("staff", person="P99")
    assert scoring.do(runs.list_ranking, own, _query(run))["items"] == []
    assert scoring.do(runs.list_runs, own, {"cycle": "2026", "after": None, "limit": 10})["items"] == []
    _publish(scoring, run)
    assert len(scoring.do(runs.list_ranking, own, _query(run))["items"]) > 1
    assert len(scoring.do(runs.list_runs, own, {"cycle": "2026", "after": None, "limit": 10})["items"]) == 1
    with pytest.raises(Forbidden, match=r"score\.not_yours"):
        scoring.do(runs.explain_score, own, {"run": run, "subject": someone["subject"]})


def test_a_ranking_pages_in_the_order_of_its_ranks(scoring: Scoring, run: str) -> None:
    whole = scoring.do(runs.list_ranking, OFFICE, _query(run))
    ranks = [row["rank"] for row in whole["items"]]
    assert ranks == sorted(ranks)
    assert all(row["name"] == f"名{row['subject']}" for row in whole["items"])
    walked: list[Any] = []
    page = scoring.do(runs.list_ranking, OFFICE, _query(run, limit=1))
    while True:
        walked += page["items"]
        if page["next"] is None:
            break
        page = scoring.do(runs.list_ranking, OFFICE, _query(run, after=page["next"], limit=1))
    assert walked == whole["items"]


def test_an_explanation_adds_up_from_the_facts_to_the_final_score(scoring: Scoring, run: str) -> None:
    page = scoring.do(runs.list_scores, OFFICE, _query(run, None))
    assert {row["layer"] for row in page["items"]} == {"division", "station", "person"}
    for row in page["items"]:
        tree = scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": row["subject"]})
        assert tree["final"] == row["final"]
        assert {line["line"]: line["score"] for line in tree["lines"]} == row["line_scores"]
        assert str(row["final"]) in tree["formula"] or row["final"] is None
        for category in (one for line in tree["lines"] for one in line["categories"]):
            points = [Decimal(item["points"]) for item in category["items"] if item["applicable"]]
            assert sum(points, Decimal(0)) == Decimal(category["points"])


def test_an_explanation_names_who_stands_behind_each_fact(scoring: Scoring, run: str) -> None:
    page = scoring.do(runs.list_scores, OFFICE, _query(run, None))
    trees = [scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": row["subject"]}) for row in page["items"]]
    items = [item for tree in trees for line in tree["lines"] for one in line["categories"] for item in one["items"]]
    facts = [fact for item in items for fact in item["facts"] if fact["kind"] == "declaration"]
    assert facts
    assert all(
        fact["people"] == {"declared_by": fact["people"]["declared_by"], "verified_by": "H01", "assessed_by": "X09"}
        for fact in facts
    )
    assert all(item["formula"] for item in items)


def test_the_standing_explains_itself_as_the_run_does(scoring: Scoring, run: str) -> None:
    someone = _some_person(scoring, run)["subject"]
    frozen = scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": someone})
    live = scoring.do(standings.explain_standing, OFFICE, {"cycle": "2026", "subject": someone})
    assert live["provisional"]
    assert live["lines"] == frozen["lines"]


def test_a_subject_or_run_that_does_not_exist_is_not_found(scoring: Scoring, run: str) -> None:
    with pytest.raises(NotFound, match=r"score\.unknown"):
        scoring.do(runs.explain_score, OFFICE, {"run": run, "subject": "P99"})
    with pytest.raises(NotFound, match=r"run\.unknown"):
        scoring.do(runs.read_run, OFFICE, {"run": "nothing"})


EXAMPLE: dict[str, Any] = {
    "cycle": None,
    "layer": "person",
    "line": None,
    "rounding": None,
    "categories": {"common": Decimal(96), "professional": Decimal(88), "contribution": Decimal(6), "additional": Decimal(92)},
    "components": {"unit": Decimal(90), "bureau": Decimal(88)},
    "weights": {"common": Decimal("0.32"), "professional": Decimal("0.51"), "contribution": Decimal("0.05"), "additional": Decimal("0.12")},
    "composite": {"personal": Decimal("0.5"), "unit": Decimal("0.3"), "bureau": Decimal("0.2")},
}  # fmt: skip


def test_the_worked_example_of_the_532_comes_out_to_the_digit(scoring: Scoring) -> None:
    composed = scoring.do(given_numbers.compose_score, OFFICE, EXAMPLE)
    assert composed["layer_score"] == Decimal("86.94")
    assert composed["final"] == Decimal("88.07")
    assert composed["layer_formula"] == "96×0.32 + 88×0.51 + 6×0.05 + 92×0.12 = 86.94"
    assert composed["final_formula"] == "86.94×0.5 + 90×0.3 + 88×0.2 = 88.07"


def test_composing_takes_the_weights_of_the_cycles_model(scoring: Scoring, run: str) -> None:
    of_model = {**EXAMPLE, "cycle": "2026", "line": "special_supervision", "weights": {}, "composite": {}}
    composed = scoring.do(given_numbers.compose_score, OFFICE, of_model)
    assert composed["final_formula"].endswith(f"= {composed['final']}")
    with pytest.raises(Invalid, match=r"weights\.invalid"):
        scoring.do(given_numbers.compose_score, OFFICE, {**of_model, "line": "nowhere"})
    with pytest.raises(Invalid, match=r"weights\.invalid"):
        scoring.do(given_numbers.compose_score, OFFICE, {**EXAMPLE, "weights": {"common": Decimal("0.5")}})
