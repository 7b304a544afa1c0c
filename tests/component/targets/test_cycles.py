import pytest

from shared.audit import verify
from shared.errors import Conflict, Invalid, PreconditionFailed
from tests.component.targets.world import ADMIN, BUREAU, CYCLE, LIBRARY, OFFICE, World, sheets, staff_actor


def test_a_cycle_is_made_with_its_periods_and_the_usual_rules(draft_cycle: World):
    (state,) = draft_cycle.states("CycleChanged")
    assert (state["status"], state["revision"], len(state["periods"])) == ("draft", 1, 19)
    assert (state["rounding"], state["quota_percent"]) == ("half_up", 20)
    assert state["tie_chain"] == ["contribution", "professional", "common", "additional"]
    with pytest.raises(Conflict, match="cycle.exists"):
        draft_cycle.call("create_cycle", cycle=CYCLE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"cycle": "26"},
        {"cycle": CYCLE, "starts": "2025-12-31"},
        {"cycle": CYCLE, "starts": "2026-06-01", "ends": "2026-05-31"},
        {"cycle": CYCLE, "quota_percent": 101},
        {"cycle": CYCLE, "rounding": "up"},
        {"cycle": CYCLE, "tie_chain": ["luck"]},
        {"cycle": CYCLE, "calendar": {"someday": True}},
        {"cycle": CYCLE, "colour": "red"},
    ],
)
def test_a_cycle_that_cannot_be_is_refused(bureau: World, wrong):
    with pytest.raises(Invalid, match="request.invalid"):
        bureau.call("create_cycle", **wrong)


def test_a_cycle_goes_its_way_step_by_step(drafted: World):
    with pytest.raises(Conflict, match="library.not_published"):
        drafted.call("move_cycle", cycle=CYCLE, status="open")
    drafted.call("publish_library", cycle=CYCLE)
    with pytest.raises(Conflict, match="cycle.step"):
        drafted.call("move_cycle", cycle=CYCLE, status="closed")
    for status in ("open", "closing", "closed", "published", "archived"):
        assert drafted.call("move_cycle", cycle=CYCLE, status=status)["status"] == status
    assert [one["status"] for one in drafted.states("CycleChanged")][-5:] == [
        "open",
        "closing",
        "closed",
        "published",
        "archived",
    ]


def test_a_closing_cycle_keeps_its_rules(opened: World):
    opened.call("move_cycle", cycle=CYCLE, status="closing")
    for method, body in (
        ("import_library", {"sheets": sheets(*LIBRARY)}),
        ("publish_library", {}),
        ("change_cycle", {"quota_percent": 15}),
        ("propose_allocations", {}),
    ):
        with pytest.raises(Conflict, match="cycle.closed"):
            opened.call(method, cycle=CYCLE, **body)


def test_rules_of_the_model_are_changed_against_the_revision_one_read(opened: World):
    before = opened.call("get_cycle", cycle=CYCLE)
    after = opened.call("change_cycle", cycle=CYCLE, revision=before["revision"], quota_percent=15)
    assert (after["quota_percent"], after["model_revision"]) == (15, before["model_revision"] + 1)
    same_model = opened.call("change_cycle", cycle=CYCLE, calendar={"2026-10-10": True})
    assert (same_model["calendar"], same_model["model_revision"]) == ({"2026-10-10": True}, after["model_revision"])
    with pytest.raises(PreconditionFailed, match="revision.stale"):
        opened.call("change_cycle", cycle=CYCLE, revision=before["revision"], quota_percent=10)


def test_every_change_is_on_record(drafted: World):
    drafted.call("publish_library", OFFICE, cycle=CYCLE)
    verdict = verify(drafted.sessions.engine, "targets")
    assert verdict.whole
    assert verdict.lines >= 31 + 74 + 60 + 250


def test_the_same_years_of_two_bureaus_stay_apart(drafted: World):
    drafted.call("create_bureau", ADMIN, bureau="OTHER", name="另一分局")
    other = staff_actor("P1", *OFFICE.grants, bureau="OTHER")
    drafted.call("create_cycle", other, cycle=CYCLE)
    assert drafted.pages("list_indicators", other, cycle=CYCLE) == []
    assert {one["bureau"] for one in drafted.states("CycleChanged")} == {BUREAU, "OTHER"}
