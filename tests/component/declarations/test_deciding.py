"""Verifying, assessing and returning on PostgreSQL: by whom, in which states, and what is kept of it."""

import pytest

from services.declarations.storage import projections
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import CYCLE, person


def test_a_return_keeps_what_was_declared_and_lets_it_be_done_again(bureau: Bureau):
    (first,) = bureau.declare("PS", ratio("4"))
    bureau.decide("return", "HS", [first["declaration"]], reason="缺少台账")
    bureau.declare("PS", ratio("2", evidence=["台账"]))
    bureau.decide("verify", "HS", [first["declaration"]])
    bureau.decide("return", "P10", [first["declaration"]], reason="数量不符")
    bureau.declare("PS", ratio("1"))
    query = {"cycle": CYCLE, "declaration": first["declaration"]}
    whole = bureau.ask("get_declaration", "PS", query)
    assert (whole["status"], whole["revision"], whole["verified_by"]) == ("declared", 6, None)
    kept = [(one["revision"], one["by"], one["reason"], one["state"]["counts"]) for one in whole["history"]]
    assert kept == [(1, "HS", "缺少台账", {"done": "4"}), (4, "P10", "数量不符", {"done": "2"})]


def test_an_assessor_corrects_counts_with_a_reason(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio("4"))
    bureau.decide("verify", "HS", [one["declaration"]])
    entry = {"declaration": one["declaration"], "counts": {"done": "3"}}
    with pytest.raises(Invalid) as raised:
        bureau.ask("assess_declarations", "P10", {"cycle": CYCLE, "declarations": [entry]})
    assert refusal(raised) == (0, "reason.required")
    body = {"cycle": CYCLE, "declarations": [{**entry, "reason": "重复计数"}]}
    (corrected,) = bureau.ask("assess_declarations", "P10", body)["declarations"]
    assert (str(corrected["points"]), str(corrected["self_points"])) == ("1.50", "2.00")
    assert [row["command"] for row in bureau.rows("SELECT command FROM declarations.declaration_history")] == [
        "correct"
    ]


def test_a_verifier_cannot_change_counts(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio("4"))
    entry = {"declaration": one["declaration"], "counts": {"done": "3"}}
    with pytest.raises(Invalid) as raised:
        bureau.ask("verify_declarations", "HS", {"cycle": CYCLE, "declarations": [entry]})
    assert raised.value.code == "request.invalid"


def test_a_stale_decision_changes_nothing_of_the_whole_list(bureau: Bureau):
    one, other = (bureau.declare("PS", ratio(period=period))[0]["declaration"] for period in ("2026-M01", "2026-M02"))
    entries = [{"declaration": one, "revision": 1}, {"declaration": other, "revision": 2}]
    with pytest.raises(Conflict) as raised:
        bureau.ask("verify_declarations", "HS", {"cycle": CYCLE, "declarations": entries})
    assert refusal(raised) == (1, "revision.stale")
    assert raised.value.errors[0]["alias"] == "declaration.stale"
    assert {row["status"] for row in bureau.rows("SELECT status FROM declarations.declaration")} == {"declared"}


def test_mixed_faults_name_every_row(bureau: Bureau):
    (theirs,) = bureau.declare("Q10", ratio())
    (done,) = bureau.declare("PS", ratio())
    bureau.decide("verify", "HS", [done["declaration"]])
    with pytest.raises(NotFound) as raised:
        bureau.decide("verify", "HS", [theirs["declaration"], done["declaration"], "no-such"])
    found = [(entry["row"], entry["code"]) for entry in raised.value.errors]
    assert found == [(0, "declaration.not_verifier"), (1, "declaration.state"), (2, "declaration.unknown")]


def test_items_of_the_panels_own_indicators_are_assessed_by_it(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio("0", indicator="06-06-06"))
    bureau.decide("verify", "HS", [one["declaration"]])
    with pytest.raises(Forbidden):
        bureau.decide("assess", "P10", [one["declaration"]])
    bureau.decide("assess", "K2", [one["declaration"]])


def test_who_verified_does_not_assess(bureau: Bureau):
    (one,) = bureau.declare("Q10", ratio())
    bureau.decide("verify", "H10", [one["declaration"]])
    with pytest.raises(Forbidden) as raised:
        bureau.decide("assess", "H10", [one["declaration"]])
    assert refusal(raised) == (0, "declaration.verified_by_you")


def test_an_item_stays_with_the_unit_in_which_it_was_declared(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio())
    bureau.handle(projections.keep_persons, person("PS", "D10", "enforcement_support", revision=2))
    with pytest.raises(Forbidden):
        bureau.decide("verify", "H10", [one["declaration"]])
    bureau.decide("verify", "HS", [one["declaration"]])


def in_state(bureau: Bureau, status: str) -> str:
    (one,) = bureau.declare("PS", ratio(), draft=status == "draft")
    name = str(one["declaration"])
    if status in ("verified", "assessed"):
        bureau.decide("verify", "HS", [name])
    if status == "assessed":
        bureau.decide("assess", "P10", [name])
    if status == "returned":
        bureau.decide("return", "HS", [name], reason="请补充")
    return name


POSSIBLE = {
    ("save", "draft"),
    ("save", "returned"),
    ("declare", "draft"),
    ("declare", "returned"),
    ("declare", "declared"),  # corrected by whoever declared it
    ("verify", "declared"),
    ("assess", "verified"),
    ("return", "declared"),
    ("return", "verified"),
    ("return", "assessed"),
}


@pytest.mark.parametrize("status", ["draft", "declared", "verified", "assessed", "returned"])
@pytest.mark.parametrize("command", ["save", "declare", "verify", "assess", "return"])
def test_every_command_in_every_state_does_its_work_or_is_a_conflict(bureau: Bureau, command, status):
    name = in_state(bureau, status)
    before = bureau.rows("SELECT * FROM declarations.declaration")

    def act() -> None:
        if command in ("save", "declare"):
            bureau.declare("PS", ratio("1"), draft=command == "save")
        elif command == "return":
            bureau.decide("return", "P10" if status in ("verified", "assessed") else "HS", [name], reason="请补充")
        else:
            bureau.decide(command, "HS" if command == "verify" else "P10", [name])

    if (command, status) in POSSIBLE:
        act()
        return
    with pytest.raises(Conflict) as raised:
        act()
    assert refusal(raised) == (0, "declaration.state")
    assert bureau.rows("SELECT * FROM declarations.declaration") == before
