"""Every command in every state by every kind of actor: done, or refused as forbidden or as a conflict; nobody on their own."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from services.declarations.domain import permissions
from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.delegations import Acting, Decider, Delegation, in_whose_name
from services.declarations.domain.organisation import who
from services.declarations.domain.weighing import Weighed
from shared.actor import Actor, Grant
from shared.vocabulary.refusals import Refused
from tests.unit.declarations.examples import DIVISION, declaration, somebody

DAY = date(2026, 2, 10)
STATUSES = ("draft", "declared", "verified", "assessed", "recorded", "returned")
HEAD, ASSESSOR = Grant("unit_head", "unit", "D10"), Grant("assessor", "unit", "D09")


def delegation(principal: str, delegate: str, role: str, target: str | None) -> Delegation:
    day = date(2026, 2, 1)
    return Delegation(
        "B00", "x", 1, principal, delegate, role, target, "D10", day, date(2026, 3, 1), "active", "", "", None
    )


def acting(actor: Actor, principal: str, role: str, target: str | None) -> Acting:
    return Acting(actor, delegation(principal, who(actor), role, target))


# The item is P10's of D10, assessed by D09; H10 heads D10 and verified it, P9 assessed it.
ACTORS: dict[str, Decider] = {
    "its subject": somebody("P10"),
    "its subject with every role": somebody(
        "P10", HEAD, ASSESSOR, *(Grant(role, "bureau") for role in ("panel", "leader", "office", "hr"))
    ),
    "its subject for the head": acting(somebody("P10"), "H10", "unit_head", "D10"),
    "head": somebody("H10", HEAD),
    "second head": somebody("V10", HEAD),
    "head of another unit": somebody("H9", Grant("unit_head", "unit", "D09")),
    "leader": somebody("L1", Grant("leader", "bureau")),
    "assessor": somebody("P9", ASSESSOR),
    "assessor elsewhere": somebody("P8", Grant("assessor", "unit", "D08")),
    "head who assesses": somebody("H10", HEAD, ASSESSOR),
    "delegate of the head": acting(somebody("Q10"), "H10", "unit_head", "D10"),
    "delegate of the assessor": acting(somebody("Q9"), "P9", "assessor", "D09"),
    "head for the assessor": acting(somebody("H10", HEAD), "P9", "assessor", "D09"),
    "delegate of the subject": acting(somebody("Q9"), "P10", "assessor", "D09"),
    "panel": somebody("K1", Grant("panel", "bureau")),
    "office": somebody("O1", Grant("office", "bureau")),
    "hr": somebody("R1", Grant("hr", "bureau")),
    "auditor": somebody("A1", Grant("auditor", "bureau")),
    "admin": somebody("X1", Grant("admin", "installation")),
}
VERIFIERS = {"head", "second head", "delegate of the head", "head who assesses"}
ASSESSORS = {"assessor", "delegate of the assessor"}
MAY = {
    "verify": dict.fromkeys(STATUSES, VERIFIERS),
    "assess": {
        # before anybody verified it, the head who also assesses is no verifier of it
        **dict.fromkeys(STATUSES, ASSESSORS),
        **dict.fromkeys(("draft", "declared", "returned"), ASSESSORS | {"head who assesses", "head for the assessor"}),
    },
    "return": {
        # nothing to return: a conflict for anybody
        "draft": {*ACTORS},
        "recorded": {*ACTORS},
        "returned": {*ACTORS},
        "declared": VERIFIERS,
        "verified": ASSESSORS,
        "assessed": ASSESSORS,
    },
    "record": dict.fromkeys(STATUSES, ASSESSORS | {"office", "head who assesses", "head for the assessor"}),
}
CHECKS: dict[str, Any] = {
    "verify": permissions.check_verify,
    "assess": permissions.check_assess,
    "return": permissions.check_return,
    "record": permissions.check_record,
}


def in_state(status: str) -> Declaration:
    verified = status in ("verified", "assessed", "recorded")
    assessed = status in ("assessed", "recorded")
    hands = {"verified_by": "H10" if verified else None, "assessed_by": "P9" if assessed else None}
    return declaration(status=status, assessor="D09", subject="P10", declared_by="P10", unit="D10", **hands)


def carried_out(command: str, old: Declaration, by: Decider) -> Declaration:
    CHECKS[command](by, old, DIVISION, DAY)
    return {
        "verify": lambda: old.verified("x"),
        "assess": lambda: old.assessed("x"),
        "return": lambda: old.returned("理由"),
        "record": old.recorded,
    }[command]()


def outcome(command: str, status: str, by: Decider) -> str:
    """The status it leads to, or why it is refused."""
    try:
        return carried_out(command, in_state(status), by).status
    except Refused as refused:
        (one,) = refused.refusals
        return one.kind if one.code and one.zh and one.en else "untold"


@pytest.mark.parametrize("command", CHECKS)
def test_it_is_done_or_refused_for_a_reason_that_is_told(command):
    for status, name in product(STATUSES, ACTORS):
        allowed, leads_to = name in MAY[command][status], STATES.moves[command].get(status, "conflict")
        assert outcome(command, status, ACTORS[name]) == (leads_to if allowed else "forbidden"), (status, name)


def test_every_command_is_covered():
    assert set(STATES.moves) == {
        *CHECKS,
        "save",
        "declare",
        "declare_over",
        "amend",
        "overrule",
        "withdraw",
        "take_back",
        "note",
        "reopen",
    }  # those are the declarer's, an appeal's, a finding's, of whoever decided, and the machine's


def test_an_amendment_keeps_where_the_item_stands():
    weighed = Weighed({"done": Decimal(0)}, not_applicable=False, differs=False, points=Decimal(0))
    for status in STATUSES:
        if status in STATES.moves["amend"]:
            amended = in_state(status).amended(weighed, "抽查更正")
            assert (amended.status, amended.points, amended.revision) == (status, Decimal(0), 2)
        else:
            with pytest.raises(Refused):
                in_state(status).amended(weighed, "抽查更正")


@pytest.mark.parametrize("verifier", ["hr", "complaints_centre"])
def test_what_a_machine_counted_is_verified_by_its_desk_and_not_by_the_head(verifier):
    item = declaration(verifier=verifier)
    desk = somebody("R1", Grant(verifier, "bureau"))
    permissions.check_verify(desk, item, DIVISION, DAY)
    for other in (ACTORS["head"], ACTORS["leader"], ACTORS["delegate of the head"]):
        with pytest.raises(Refused):
            permissions.check_verify(other, item, DIVISION, DAY)
    with pytest.raises(Refused) as refused:
        permissions.check_verify(somebody("P10", Grant(verifier, "bureau")), item, DIVISION, DAY)
    assert refused.value.refusals[0].code == "own.decision"


@pytest.mark.parametrize(("escalates", "may"), [(None, False), (date(2026, 2, 11), False), (DAY, True)])
def test_what_waited_too_long_may_be_verified_by_the_next_head_up(escalates, may):
    item = declaration(escalates_on=escalates)
    leader = ACTORS["leader"]
    if may:
        permissions.check_verify(leader, item, DIVISION, DAY)
        return
    with pytest.raises(Refused):
        permissions.check_verify(leader, item, DIVISION, DAY)


def test_who_delegated_the_verification_does_not_assess_it_either():
    item = declaration(status="verified", verified_by="Q10", verified_for="H10")
    with pytest.raises(Refused) as refused:
        permissions.check_assess(ACTORS["head who assesses"], item, DIVISION, DAY)
    assert refused.value.refusals[0].code == "declaration.verified_by_you"


def test_one_decides_in_ones_own_right_first_and_is_refused_as_oneself():
    me = somebody("H10", HEAD)
    deciders = (me, acting(me, "V10", "unit_head", "D10"))
    chosen = in_whose_name(deciders, lambda one: permissions.check_verify(one, declaration(), DIVISION, DAY))
    assert chosen is me
    with pytest.raises(Refused) as refused:
        in_whose_name(deciders, lambda one: permissions.check_verify(one, declaration(subject="H10"), DIVISION, DAY))
    assert refused.value.refusals[0].code == "own.decision"
