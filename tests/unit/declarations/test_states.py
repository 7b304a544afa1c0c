"""Every command in every state, of every aggregate: where it leads, or that it is refused."""

import pytest

from services.declarations.domain import (
    appeals,
    campaigns,
    contributions,
    declarations,
    inquiries,
    inspections,
    orders,
    spot_checks,
    temporary,
    vetoes,
)
from shared.vocabulary.refusals import Refused, check_revision

# command -> the states in which it is possible, with where it leads; every other pair is refused
EXPECTED = {
    "declaration": (
        declarations.STATES,
        [None, "draft", "declared", "verified", "assessed", "recorded", "returned"],
        {
            "save": {None: "draft", "draft": "draft", "returned": "draft"},
            "declare": {None: "declared", "draft": "declared", "returned": "declared", "declared": "declared"},
            "declare_over": {"recorded": "declared"},
            "note": {None: "recorded"},
            "reopen": {"recorded": "returned"},
            "withdraw": {"declared": "draft"},
            "take_back": {"verified": "declared", "assessed": "verified"},
            "verify": {"declared": "verified"},
            "assess": {"verified": "assessed"},
            "return": {"declared": "returned", "verified": "returned", "assessed": "returned"},
            "record": {"assessed": "recorded"},
            "overrule": {"returned": "verified"},
            "amend": {"assessed": "assessed", "recorded": "recorded"},
        },
    ),
    "task order": (
        orders.STATES,
        [None, "issued", "refused", "accepted", "completed", "judged", "withdrawn"],
        {
            "issue": {None: "issued"},
            "accept": {"issued": "accepted"},
            "refuse": {"issued": "refused"},
            "insist": {"refused": "accepted"},
            "progress": {"accepted": "accepted"},
            "complete": {"accepted": "completed"},
            "send_back": {"completed": "accepted"},
            "take_back": {"refused": "issued", "completed": "accepted", "judged": "completed"},
            "reopen": {"judged": "accepted"},
            "reissue": {"judged": "issued"},
            "void": {"judged": "withdrawn"},
            "postpone": {"issued": "issued", "refused": "refused", "accepted": "accepted"},
            "ask": {"issued": "issued", "accepted": "accepted", "completed": "completed"},
            "judge": {"issued": "judged", "accepted": "judged", "completed": "judged"},
            "withdraw": {
                "issued": "withdrawn",
                "refused": "withdrawn",
                "accepted": "withdrawn",
                "completed": "withdrawn",
            },
        },
    ),
    "inquiry": (
        inquiries.STATES,
        [None, "asked", "answered", "closed"],
        {"ask": {None: "asked"}, "answer": {"asked": "answered"}, "close": {"asked": "closed", "answered": "closed"}},
    ),
    "temporary work": (
        temporary.STATES,
        [None, "reported", "returned", "withdrawn", "confirmed", "assessed", "rejected"],
        {
            "report": {None: "reported", "returned": "reported", "withdrawn": "reported"},
            "withdraw": {"reported": "withdrawn"},
            "take_back": {"confirmed": "reported", "assessed": "confirmed", "rejected": "confirmed"},
            "confirm": {"reported": "confirmed"},
            "return": {"reported": "returned", "confirmed": "returned"},
            "assess": {"confirmed": "assessed"},
            "reject": {"confirmed": "rejected"},
        },
    ),
    "contribution": (
        contributions.STATES,
        [None, "declared", "returned", "withdrawn", "screened", "settled", "rejected"],
        {
            "declare": {None: "declared", "returned": "declared", "withdrawn": "declared"},
            "withdraw": {"declared": "withdrawn"},
            "take_back": {"screened": "declared", "settled": "screened", "rejected": "screened"},
            "call_off": {"settled": "withdrawn"},
            "screen": {"declared": "screened"},
            "return": {"declared": "returned"},
            "share": {"declared": "declared", "screened": "screened"},
            "opine": {"screened": "screened"},
            "settle": {"screened": "settled"},
            "reject": {"screened": "rejected"},
        },
    ),
    "campaign": (
        campaigns.STATES,
        [None, "open", "closed", "withdrawn"],
        {
            "open": {None: "open"},
            "vote": {"open": "open"},
            "close": {"open": "closed"},
            "take_back": {"open": "withdrawn"},
        },
    ),
    "veto": (
        vetoes.STATES,
        ["proposed", "confirmed", "lifted"],
        {"confirm": {"proposed": "confirmed"}, "lift": {"proposed": "lifted", "confirmed": "lifted"}},
    ),
    "spot check": (
        spot_checks.STATES,
        [None, "announced", "drawn", "closed", "cancelled"],
        {
            "announce": {None: "announced"},
            "check": {None: "drawn"},
            "draw": {"announced": "drawn"},
            "find": {"drawn": "drawn"},
            "close": {"drawn": "closed"},
            "cancel": {"announced": "cancelled", "drawn": "cancelled"},
        },
    ),
    "inspection": (
        inspections.STATES,
        ["assigned", "unassigned", "found", "cancelled"],
        {
            "find": {"assigned": "found"},
            "recuse": {"assigned": "unassigned"},
            "redraw": {"unassigned": "assigned"},
            "call_off": {"assigned": "cancelled", "unassigned": "cancelled"},
            "name": {"unassigned": "assigned"},
            "overrule": {"found": "found"},
            "take_back": {"found": "assigned"},
        },
    ),
    "appeal": (
        appeals.STATES,
        [None, "filed", "upheld", "changed", "withdrawn"],
        {
            "file": {None: "filed"},
            "uphold": {"filed": "upheld"},
            "change": {"filed": "changed"},
            "withdraw": {"filed": "withdrawn"},
        },
    ),
}
CASES = [
    (states, command, status, moves[command].get(status))
    for states, statuses, moves in EXPECTED.values()
    for command in moves
    for status in statuses
]


@pytest.mark.parametrize(("states", "command", "status", "after"), CASES)
def test_a_command_moves_its_states_and_is_refused_in_all_others(states, command, status, after):
    if after is not None:
        assert states.after(command, status) == after
        return
    with pytest.raises(Refused) as refused:
        states.after(command, status)
    (refusal,) = refused.value.refusals
    assert (refusal.kind, refusal.code) == ("conflict", f"{states.word}.state")


@pytest.mark.parametrize("states", [states for states, _, _ in EXPECTED.values()])
def test_no_command_is_left_untested(states):
    (expected,) = [moves for known, _, moves in EXPECTED.values() if known is states]
    assert states.moves == expected


def test_a_decision_on_a_changed_state_is_stale():
    with pytest.raises(Refused) as refused:
        check_revision("declaration", 2, 3)
    assert refused.value.refusals[0].alias == "declaration.stale"


@pytest.mark.parametrize("given", [None, 3])
def test_a_decision_on_the_present_state_or_on_whatever_it_is_passes(given):
    check_revision("declaration", given, 3)
