"""What scoring published of a year is what the next year's targets are generated from."""

from decimal import Decimal

import pytest

from services.targets.storage.published_results import PublishedResults
from shared.errors import Forbidden, Invalid
from shared.events import ItemResult, ResultsChanged
from tests.component.targets.world import BUREAU, OFFICE, SETUPS, World, clerks, staff_actor

TIER = "01-01-02"
NEXT = "2027"


def reached(subject: str, layer: str, *items: tuple[str, str, dict[str, str]], **changes) -> ResultsChanged:
    made = [
        ItemResult(code, rule, {key: Decimal(value) for key, value in counts.items()}, None, None)
        for code, rule, counts in items
    ]
    state = {
        "bureau": BUREAU,
        "cycle": "2026",
        "subject": subject,
        "layer": layer,
        "unit": "D01",
        "revision": 1,
        "status": "published",
        "run": "r1",
        "items": made,
        "by": "leader",
    }
    return ResultsChanged(**{**state, **changes})


@pytest.fixture
def published(opened: World) -> World:
    """Two clerks did 300 and 200 set-ups, their section claims 450; the library of the next year is a draft."""
    one, two, *_ = opened.people = clerks(opened)  # type: ignore[attr-defined]
    opened.service.take_ResultsChanged(
        [
            reached(one, "person", (SETUPS, "ratio", {"done": "300"}), (TIER, "tier", {})),
            reached(two, "person", (SETUPS, "ratio", {"done": "200"})),
            reached(
                "D01",
                "division",
                (SETUPS, "ratio", {"done": "450"}),
                (TIER, "tier", {"numerator": "97", "denominator": "100"}),
            ),
        ]
    )
    opened.call("create_cycle", cycle=NEXT, copy_from="2026")
    return opened


def known(world: World, **query: str) -> dict[tuple[str, str], tuple[str, str]]:
    items = world.pages("list_results", **query)
    return {(one["indicator"], one["subject"]): (one["quantity"], one["origin"]) for one in items}


def test_the_results_are_there_for_everyone_and_for_the_bureau_as_a_whole(published: World):
    one, two, *_ = published.people  # type: ignore[attr-defined]
    assert known(published) == {
        (SETUPS, one): ("300", "published"),
        (SETUPS, two): ("200", "published"),
        (SETUPS, "D01"): ("450", "published"),
        (SETUPS, "*"): ("500", "published"),
        (TIER, "D01"): ("0.97", "published"),
        (TIER, "*"): ("0.97", "published"),
    }
    assert len(known(published, indicator=SETUPS, subject="*")) == 1
    page = published.call("list_results", limit=4)
    assert len(page["items"]) == 4
    assert len(published.call("list_results", limit=4, after=page["next"])["items"]) == 2
    with pytest.raises(Forbidden):
        published.call("list_results", staff_actor(one))


def test_the_next_years_targets_start_from_them(published: World):
    made = published.call("generate_targets", cycle=NEXT)
    rows = published.pages("list_forecasts", cycle=NEXT, generation=made["generation"], indicator=SETUPS)
    bureau, unit = (next(row for row in rows if row["subject"] == code) for code in ("*", "D01"))
    assert bureau["history"]["2026"] == "500"
    assert unit["history"] == {"2026": "450"}
    assert Decimal(bureau["proposed"]) <= Decimal("1.2") * 500
    published.call("apply_generation", cycle=NEXT, generation=made["generation"])
    item = published.call("get_indicator", cycle=NEXT, indicator=SETUPS, library_revision=1)
    assert item["history"]["2026"] == "500"
    assert [one["status"] for one in published.call("list_generations", cycle=NEXT)["items"]] == ["applied"]


def test_order_and_repetition_do_not_matter_and_who_is_withdrawn_is_gone(published: World):
    one, two, *_ = published.people  # type: ignore[attr-defined]
    late = reached(one, "person", (SETUPS, "ratio", {"done": "310"}), revision=2)
    gone = reached(two, "person", revision=2, status="withdrawn")
    for states in ([late, gone], [reached(one, "person", (SETUPS, "ratio", {"done": "1"})), late]):
        published.service.take_ResultsChanged(states)
    found = known(published, indicator=SETUPS)
    assert found[SETUPS, one] == ("310", "published")
    assert found[SETUPS, "*"] == ("310", "published")
    assert (SETUPS, two) not in found


def test_what_was_measured_by_another_rule_is_no_history(published: World):
    one, *_ = published.people  # type: ignore[attr-defined]
    published.service.take_ResultsChanged([reached(one, "person", (SETUPS, "deduct", {"count": "7"}), revision=3)])
    made = published.call("generate_targets", cycle=NEXT)
    rows = published.pages("list_forecasts", cycle=NEXT, generation=made["generation"], indicator=SETUPS, subject="*")
    assert rows[0]["history"]["2026"] == "200"
    with published.sessions.begin(OFFICE) as session:
        stored = PublishedResults(session, BUREAU)
        few, all_of_them = stored.before(NEXT, {SETUPS: "ratio"}), stored.before(NEXT)
    assert few.keys() == {SETUPS}
    assert few[SETUPS]["*"] == {"2026": Decimal(200)}
    assert all_of_them[SETUPS][one] == {"2026": Decimal(7)}


def test_a_published_year_is_not_the_offices_to_write_down(published: World):
    one, two, third, *_ = published.people  # type: ignore[attr-defined]
    entry = {"indicator": SETUPS, "year": "2026", "quantity": "1"}
    for subject in (one, "*"):
        with pytest.raises(Invalid) as refused:
            published.call("record_results", results=[{**entry, "subject": subject}])
        assert [fault["code"] for fault in refused.value.errors] == ["result.published"]
    published.call("record_results", results=[{**entry, "subject": two, "year": "2025"}, {**entry, "subject": third}])
    assert {one["origin"] for one in published.pages("list_results", subject=two)} == {"published", "recorded"}
