"""Law 2 and law 5: order, repetition and replay do not matter, and the same facts freeze to the same hashes."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.scoring.usecases import runs, standings
from shared.database import open_sessions
from shared.errors import Conflict, Forbidden, NotFound
from shared.migrations import migrate
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import BUREAU, cycle_state, declaration_state, states_of
from tests.oracle.recompute import recompute
from tests.oracle.worlds import small_bureau

OFFICE = actor("office")


def test_a_frozen_run_agrees_with_the_independent_recomputation(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    run = scoring.freeze()
    expected = recompute(world)
    assert Decimal(run["summary"]["score"]) == expected["bureau"]
    page = scoring.do(runs.list_scores, OFFICE, {"run": run["run"], "layer": None, "after": None, "limit": 500})
    found = {row["subject"]: (row["final"] and Decimal(row["final"]), row["rank"]) for row in page["items"]}
    assert found == {code: (one["final"], one["rank"]) for code, one in expected["subjects"].items()}


@given(st.integers(0, 2**32))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_states_in_any_order_and_twice_give_the_same_standing_and_hashes(scoring: Scoring, seed: int) -> None:
    """Every example has a bureau of its own, so that one database serves all."""
    world = small_bureau(Random(seed))
    states = states_of(world)
    shuffled = [*states, *Random(seed).sample(states, len(states) // 2)]
    Random(seed + 1).shuffle(shuffled)
    results = []
    for name, brought in (("straight", states), ("shuffled", shuffled)):
        bureau = f"{name}{seed}"
        scoring.take(_of_bureau(state, bureau) for state in brought)
        scoring.assume_all(bureau=bureau)
        office = actor("office", bureau=bureau)
        with scoring.sessions.begin(office) as session:
            frozen = runs.collect_run(session, office, "2026")
        with scoring.sessions.begin(office) as session:
            run = runs.freeze_run(session, office, frozen)
        results.append((run["input_hash"], run["result_hash"], scoring.standing(office)["items"]))
    assert results[0] == results[1]


def test_an_older_state_never_replaces_a_newer_one(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    before = scoring.freeze()["input_hash"]
    scoring.take([declaration_state(one, revision=2, status="returned") for one in world["declarations"]])
    assert scoring.freeze()["input_hash"] == before


def test_a_dropped_schema_that_is_replayed_freezes_to_the_same_hashes(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    first = scoring.freeze()
    url = scoring.sessions.engine.url.render_as_string(hide_password=False)
    with scoring.sessions.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA scoring CASCADE"))
    scoring.sessions.engine.dispose()
    migrate(url, "scoring")
    again = Scoring(open_sessions(url, "scoring"))
    # After publication the cycle's own state has moved on; what was scored has not.
    moved_on = [cycle_state(world["cycle"], status="published", revision=9)]
    again.take([*reversed(states_of(world)), *moved_on])
    second = again.freeze()
    again.sessions.engine.dispose()
    assert (second["input_hash"], second["result_hash"]) == (first["input_hash"], first["result_hash"])
    assert second["run"] != first["run"]


def test_a_number_written_differently_is_the_same_number(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    before = scoring.freeze()["input_hash"]
    padded = [
        declaration_state(
            {
                **one,
                "counts": {
                    key: f"{value}.00" if "." not in value else f"{value}0" for key, value in one["counts"].items()
                },
            },
            revision=3,
        )
        for one in world["declarations"]
    ]
    with scoring.sessions.begin(OFFICE) as session:
        session.execute(text("DELETE FROM scoring.fact WHERE kind = 'declaration'"))
    scoring.take(padded)
    assert scoring.freeze()["input_hash"] == before


def test_one_more_fact_changes_the_input_hash_and_the_standing(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    before, standing = scoring.freeze(), scoring.standing(OFFICE)
    assessed = next(one for one in world["declarations"] if one["status"] == "assessed" and not one["not_applicable"])
    scoring.take([declaration_state(assessed, revision=4, status="returned")])
    assert scoring.freeze()["input_hash"] != before["input_hash"]
    assert scoring.standing(OFFICE)["computed_at"] > standing["computed_at"]


def test_a_standing_is_kept_while_nothing_arrives(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    first = scoring.standing(OFFICE)
    scoring.take(states_of(world))  # repeated: nothing is newer
    assert scoring.standing(OFFICE)["computed_at"] == first["computed_at"]


def test_recomputing_the_stored_inputs_gives_the_same_hashes(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    run = scoring.freeze()
    scoring.take([declaration_state(one, revision=4, status="returned") for one in world["declarations"]])
    verdict = scoring.do(runs.recompute_run, actor("auditor"), {"run": run["run"]})
    assert verdict["same"]
    assert verdict["recomputed"]["result_hash"] == run["result_hash"]


def test_an_input_that_was_tampered_with_is_found(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    run = scoring.freeze()
    with scoring.sessions.begin(OFFICE) as session:
        session.execute(
            text(
                "UPDATE scoring.run_input a SET body = b.body FROM scoring.run_input b"
                " WHERE a.part = 'S01' AND b.part = 'S02' AND a.run = b.run"
            )
        )
    assert not scoring.do(runs.recompute_run, actor("auditor"), {"run": run["run"]})["same"]


def test_what_arrived_is_counted_by_kind_and_status(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    counts = scoring.do(standings.count_what_arrived, OFFICE, {"cycle": "2026"})["counts"]
    assert sum(counts["declaration"].values()) == len(world["declarations"])
    assert sum(counts["claim"].values()) == len(world["claims"])
    assert counts["task_order"].get("judged", 0) == sum(one["status"] == "judged" for one in world["task_orders"])


def test_an_open_cycle_is_not_frozen_and_an_unknown_one_not_found(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    scoring.take([cycle_state(world["cycle"], status="open", revision=4)])
    with pytest.raises(Conflict, match=r"run\.cycle_open"):
        scoring.freeze()
    with pytest.raises(NotFound, match=r"cycle\.unknown"):
        scoring.freeze("1999")


def test_a_cycle_without_a_model_is_refused_and_breaks_nothing(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take([cycle_state(world["cycle"], weights={}, composite={})])
    with pytest.raises(Conflict, match=r"cycle\.no_model"):
        scoring.standing(OFFICE)


def _of_bureau(state: Any, bureau: str) -> Any:
    return type(state)(**{**{name: getattr(state, name) for name in state.__dataclass_fields__}, "bureau": bureau})


def test_bureaus_in_one_installation_do_not_see_each_other(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    with pytest.raises(NotFound):
        scoring.standing(actor("office", bureau="B99"))
    run = scoring.freeze()
    with pytest.raises(NotFound):
        scoring.do(runs.read_run, actor("office", bureau="B99"), {"run": run["run"]})
    assert BUREAU != "B99"


@pytest.mark.parametrize("role", ["staff", "unit_head", "hr"])
def test_the_bureaus_totals_are_told_to_who_watches_over_it_only(
    scoring: Scoring, world: dict[str, Any], role: str
) -> None:
    scoring.take(states_of(world))
    with pytest.raises(Forbidden):
        scoring.do(standings.count_what_arrived, actor(role, person="P0001"), {"cycle": "2026"})
