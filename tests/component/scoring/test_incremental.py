"""The live standing after any sequence of events is the one that is reckoned from all facts."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.scoring.usecases import incremental, standings
from shared.database import open_sessions
from shared.migrations import migrate
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import (
    claim_state,
    contribution_state,
    cycle_state,
    declaration_state,
    evaluation_state,
    indicator_state,
    order_state,
    person_state,
    states_of,
    veto_state,
)
from tests.oracle.recompute import recompute
from tests.oracle.worlds import facts, small_bureau

LAYERS = ("division", "station", "person")
MAKERS = {
    "claims": claim_state, "declarations": declaration_state, "task_orders": order_state, "contributions": contribution_state,
    "evaluations": evaluation_state, "vetoes": veto_state, "persons": person_state, "indicators": indicator_state,
}  # fmt: skip

IDENTITY = {
    "claims": ("subject", "indicator"),
    "persons": ("person",),
    "indicators": ("indicator",),
    "evaluations": ("code", "subject"),
}


pytestmark = pytest.mark.usefixtures("nothing_held")


def _whole(scoring: Scoring, bureau: str = "B00") -> dict[str, Any]:
    office = actor("office", bureau=bureau)
    pages = {layer: scoring.standing(office, layer) for layer in LAYERS}
    return {"bureau": pages["person"]["bureau"], **{layer: page["items"] for layer, page in pages.items()}}


def _of_bureau(state: Any, bureau: str, revision: int) -> Any:
    own = {name: getattr(state, name) for name in state.__dataclass_fields__}
    return type(state)(**{**own, "bureau": bureau, "revision": revision})


def _later(world: dict[str, Any], random: Random) -> Iterator[tuple[Any, dict[str, Any]]]:
    """States that change the year again and again, each with the world as it is after it."""
    for _ in range(random.randint(3, 25)):
        kind = random.choice([*MAKERS, "declarations", "declarations", "task_orders", "cycle"])
        if kind == "cycle":
            changes = {"rounding": random.choice(["half_up", "half_even"]), "quota_percent": random.choice([10, 50])}
            world = {**world, "cycle": {**world["cycle"], **changes}}
            yield cycle_state(world["cycle"]), world
            continue
        fresh = (facts(random, world) if kind not in ("persons", "indicators") else small_bureau(random))[kind]
        fresh = [one for one in fresh if _has_place(one, kind, world)]
        if not fresh:
            continue
        one = random.choice(fresh)
        if kind == "indicators":  # an item keeps its rule; quantities of another would have been refused
            before = next(row for row in world["indicators"] if row["indicator"] == one["indicator"])
            one = {**before, **{name: one[name] for name in ("layers", "active")}}
        identity = IDENTITY.get(kind, ("code",))
        world = {
            **world,
            kind: [row for row in world[kind] if any(row[name] != one[name] for name in identity)] + [one],
        }
        yield MAKERS[kind](one), world


def _has_place(one: dict[str, Any], kind: str, world: dict[str, Any]) -> bool:
    """A library keeps its items; one declaration stands for a subject, an item and a period."""
    if kind == "indicators":
        return any(one["indicator"] == row["indicator"] for row in world["indicators"])
    if kind != "declarations":
        return True
    key = ("subject", "indicator", "period")
    same = [row for row in world["declarations"] if all(row[name] == one[name] for name in key)]
    return all(row["code"] == one["code"] for row in same)


@given(st.integers(0, 2**32))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_sequence_of_events_the_standing_is_the_one_reckoned_anew(scoring: Scoring, seed: int) -> None:
    random, bureau = Random(seed), f"B{seed}"
    world = small_bureau(random)
    states = states_of(world)
    random.shuffle(states)
    if any(type(state).__name__ == "CycleChanged" for state in states):
        scoring.take(_of_bureau(state, bureau, 1) for state in states)
    _whole(scoring, bureau)
    for revision, (state, after) in enumerate(_later(world, random), start=2):
        scoring.take([_of_bureau(state, bureau, revision)])
        world = after
        if random.random() < 0.5:
            _whole(scoring, bureau)
        elif random.random() < 0.5:
            scoring.standing(actor("unit_head", unit="S01", bureau=bureau))
    followed = _whole(scoring, bureau)
    incremental.forget()
    begun = _whole(scoring, bureau)  # with what was kept, as a process that has just started
    scoring.forget()
    reckoned = _whole(scoring, bureau)
    assert followed == begun == reckoned
    expected = recompute(world)
    finals = {row["subject"]: Decimal(row["final"]) for layer in LAYERS for row in followed[layer]}
    assert finals == {code: one["final"] for code, one in expected["subjects"].items() if one["final"] is not None}


def test_one_assessed_declaration_is_one_item_scored_anew(
    scoring: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.take(states_of(world))
    before = _whole(scoring)
    scored: list[str] = []
    real = incremental.score_own_item
    monkeypatch.setattr(incremental, "score_own_item", lambda *given: scored.append(given[1].code) or real(*given))
    monkeypatch.setattr(incremental, "read_frame", None)
    done = next(one for one in world["declarations"] if one["status"] == "assessed" and one["counts"])
    scoring.take([declaration_state({**done, "counts": dict.fromkeys(done["counts"], "0")}, revision=9)])
    after = _whole(scoring)
    assert scored == [done["subject"]]
    assert after["bureau"] == before["bureau"] or before != after


def test_a_head_and_the_whole_list_show_the_same_rows(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    whole = {row["subject"]: row for row in scoring.standing(actor("office"))["items"]}
    for unit in ("S01", "S02", "D01", "D02", "C01"):
        for row in scoring.standing(actor("unit_head", unit=unit))["items"]:
            assert row == whole[row["subject"]]


def test_a_standing_pages_like_a_list_and_refuses_a_strange_cursor(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    office, walked, after = actor("office"), [], None
    for _ in range(100):
        query = {"cycle": "2026", "layer": "person", "after": after, "limit": 2}
        page = scoring.do(standings.list_standing, office, query)
        walked += page["items"]
        after = page["next"]
        if after is None:
            break
    assert walked == scoring.standing(office)["items"]
    with pytest.raises(Exception, match=r"page\.cursor"):
        scoring.do(standings.list_standing, office, {**query, "after": "WyJhIl0"})


def test_a_schema_filled_again_is_not_taken_for_the_one_before(scoring: Scoring, world: dict[str, Any]) -> None:
    scoring.take(states_of(world))
    before = _whole(scoring)
    url = scoring.sessions.engine.url.render_as_string(hide_password=False)
    with scoring.sessions.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA scoring CASCADE"))
    scoring.sessions.engine.dispose()
    migrate(url, "scoring")
    again = Scoring(open_sessions(url, "scoring"))
    other = {**world, "declarations": []}
    again.take(states_of(other))
    followed = _whole(again)
    again.forget()
    assert followed == _whole(again) != before
    again.sessions.engine.dispose()


def test_whoever_has_not_looked_for_long_begins_anew(
    scoring: Scoring, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.scoring.storage import touched

    scoring.take(states_of(world))
    _whole(scoring)
    monkeypatch.setattr(touched, "KEPT", 4)
    monkeypatch.setattr(touched, "PRUNED_EVERY", 2)
    for revision, one in enumerate(world["declarations"][:12], start=9):
        scoring.take([declaration_state(one, revision=revision, status="returned")])
    with scoring.sessions.engine.connect() as connection:
        assert connection.execute(text("SELECT count(DISTINCT version) FROM scoring.touched")).scalar_one() < 12
    followed = _whole(scoring)
    scoring.forget()
    assert followed == _whole(scoring)
