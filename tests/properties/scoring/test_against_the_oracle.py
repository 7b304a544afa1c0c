"""The kernel and the slow obvious recomputation agree on every number of every generated bureau."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.extremes import alike, overflowing
from tests.oracle.recompute import recompute
from tests.oracle.worlds import worlds
from tests.unit.scoring.inputs import score_world

SAME = ("rank", "nominated", "struck", "tied", "layer", "unit", "line")
SCORES = ("final", "layer_score")
TABLES = ("categories", "line_scores")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def differences(world: dict[str, Any]) -> list[str]:
    scoring, items = score_world(world)
    expected = recompute(world)
    rows = {row["subject"]: row for row in scoring.rows}
    found = [] if _number(scoring.bureau["score"]) == expected["bureau"] else ["bureau"]
    found += [f"subjects {sorted(rows)}"] if set(rows) != set(expected["subjects"]) else []
    for code, other in expected["subjects"].items():
        row = rows[code]
        found += [f"{code}.{name}" for name in SAME if row[name] != other[name]]
        found += [f"{code}.{name}" for name in SCORES if _number(row[name]) != other[name]]
        for name in TABLES:
            found += [f"{code}.{name}.{key}" for key, value in other[name].items() if _number(row[name][key]) != value]
        found += [f"{code}.{key}" for key, value in other["items"].items() if _number(items[code][key]) != value]
        found += [f"{code}.items"] if set(items[code]) != set(other["items"]) else []
    return found


@given(worlds(), st.sampled_from([0, 20, 40, 60]))
@settings(max_examples=150)
def test_every_score_rank_and_nomination_of_a_small_bureau_agrees(world: dict[str, Any], least: int) -> None:
    assert differences({**world, "cycle": {**world["cycle"], "commend_from": least}}) == []


@given(worlds())
@settings(max_examples=50)
def test_so_it_does_where_contributions_pass_their_cap(world: dict[str, Any]) -> None:
    assert differences(overflowing(world)) == []


@given(worlds())
@settings(max_examples=50)
def test_so_it_does_where_people_equal_each_other(world: dict[str, Any]) -> None:
    assert differences(alike(world)) == []
