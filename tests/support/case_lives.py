"""Lives of cases for tests over random histories: the main ways through the procedure, with steps aside drawn in between."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from services.complaints.domain.events import PUTTING_RIGHT, Event
from shared.vocabulary.complaints import CASE_STEPS
from shared.vocabulary.refusals import Refused
from tests.support.histories import day, lived, moment, registration

AGREED: dict[str, Any] = {"outcome": "agreement", "perform_by": day("08-20")}
SAID: dict[str, Sequence[dict[str, Any]]] = {
    "assign": [{"unit": "S01", "handler": "P2"}, {"unit": "S02", "handler": "P3"}, {"unit": "S01"}],
    "refuse": [{"ground": "1"}],
    "consent": [{"party": one, "matter": two} for one in ("consumer", "trader") for two in ("mediation", "entrusting")],
    "entrust": [{"unit": "A01"}],
    "conclude": [AGREED, {"outcome": "settled"}, {"outcome": "terminated", "termination_ground": "3"}]
    + [{"outcome": one, "must_tell": True} for one in ("filed", "not_filed")],
    "follow_up": [{"answered": True, "satisfaction": one} for one in ("satisfied", "dissatisfied")]
    + [{"answered": False}],
    "mark_repeat": [
        {"original": "c0", "repeat_unit": "S09", "repeat_handler": "P9", "repeat_concluded": day("05-20")},
    ],
    "merge": [{"original": "c9"}],
    "represent": [{"has_agent": True}, {"has_agent": True, "mandate": True}, {"together": 3, "representatives": 2}],
    "check_identity": [{"identity": "confirmed"}, {"identity": "confirmed"}, {"identity": "false"}],
    "ask_supplement": [{"materials": ["mandate", "facts"], "supply_by": day("12-31")}],
    "supplement": [{"materials": ["mandate"]}, {"materials": ["mandate", "facts"]}],
    "decline": [{"party": "trader"}],
    "name_mediator": [{"handler": "P4"}, {"handler": "P6"}],
    "attend": [
        {"party": "trader", "attendance": "absent", "proof": "x"},
        {"party": "consumer", "attendance": "present"},
    ],
    "ask_recusal": [{"asked_by": "consumer"}],
    "decide_recusal": [{"granted": False}, {"granted": True, "handler": "P7"}],
    "turn_into_case": [{"report": "r1"}],
    "dispute": [{"other_bureau": "x"}],
    "settle_dispute": [{"competence": "ours"}, {"competence": "theirs"}],
    "decide_dispute": [{"competence": "ours"}, {"competence": "theirs"}],
    "transfer": [{"other_bureau": "x"}],
    "confirm_transfer": [{"receipt": "1"}],
    "extend_filed_again": [{"new_due": day("2027-12-31")}],
    "propose_reward": [{"amount": Decimal(500)}],
    "approve_reward": [{"amount": None}, {"amount": Decimal(300)}],
    "pay_reward": [{"receipt": "1"}],
    "withhold": [{"withholding": "privacy"}, {"withholding": "verifying", "withheld_until": day("2027-06-01")}],
    "object": [{"answer_by": day("12-31")}],
    "decide_objection": [{"objection": one} for one in ("upheld", "corrected", "refused")],
    "allow_late": [{"since": day("06-01"), "until": moment("12-31")}],
}
START = moment("06-01")


ALWAYS = {
    "allow_late",
    "mark_repeat",
    "unmark_repeat",
    "supervise",
    "withdraw",
    "merge",
    "unmerge",
    "transfer",
    "archive",
}
NUMBERED = {
    "find_fault"
}  # a finding is called by the number under which it was recorded; tried in test_faults_of_staff.py
ASIDE = tuple(one for one in CASE_STEPS if one not in PUTTING_RIGHT | ALWAYS | NUMBERED)
CROSS, BOTH = {"answered": True, "satisfaction": "dissatisfied"}, ("consumer", "trader")
CONSENTED = [("consent", {"party": one, "matter": "mediation"}) for one in BOTH]
ENTRUSTED = [("consent", {"party": one, "matter": "entrusting"}) for one in BOTH]
FILED_AWAY = ["archive", "reject_archive", "archive", "pass_archive"]
# The main ways through the procedure; steps aside and from outside are drawn in between.
WAYS: Sequence[tuple[str, Sequence[Any]]] = [
    ("complaint", ["assign", "take_up", "accept", *CONSENTED, "name_mediator", "appoint", "attend", "mediate", "pause", "resume",
                   "lead", "turn_into_case", "check_lead", ("conclude", AGREED), "perform", ("follow_up", CROSS), "redo",
                   "follow_up", *FILED_AWAY, "publish", "object", "decide_objection", "end_withholding", "publish", "unpublish"]),
    ("complaint", ["assign", "represent", "ask_supplement", "supplement", "accept", *ENTRUSTED, "entrust", "report_back",
                   "ask_recusal", "decide_recusal", "decline", ("conclude", {"outcome": "terminated", "termination_ground": "2"}),
                   "tell", *FILED_AWAY, "publish"]),
    ("complaint", ["check_identity", "assign", "send_back", "assign", "refuse", "tell", *FILED_AWAY]),
    ("complaint", ["merge", "unmerge", "transfer", "return_transfer", "transfer", "confirm_transfer"]),
    ("report", ["assign", "dispute", "decide_dispute", "extend", "restart", ("conclude", {"outcome": "filed", "must_tell": True}),
                "tell", "extend_filed", "extend_filed_again", "end_filed", "propose_reward", "approve_reward", "pay_reward",
                *FILED_AWAY]),
    ("report", ["assign", "dispute", "settle_dispute", "transfer", "return_transfer", "assign", "transfer", "confirm_transfer"]),
    ("enquiry", ["assign", "answer", *FILED_AWAY]),
]  # fmt: skip


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """A case that goes some of the way with steps aside, each entered as it happened; what its state refuses does not happen."""
    kind, way = draw(st.sampled_from(WAYS))
    aside = draw(st.lists(st.tuples(st.integers(0, len(way)), st.sampled_from((*ASIDE, *ASIDE, *ALWAYS))), max_size=6))
    planned = [[one for place, one in aside if place == number] + [step] for number, step in enumerate(way)]
    history, at = [registration(START, kind)], START
    for one in [
        step for steps in planned[: draw(st.sampled_from((len(way), len(way), 3 * len(way) // 4)))] for step in steps
    ]:
        step, said = one if isinstance(one, tuple) else (one, draw(st.sampled_from(SAID.get(one, [{}]))))
        at += timedelta(hours=draw(st.integers(1, 130)))
        try:
            history = lived(history, (step, at, {"appointed_for": at} if step == "appoint" else said))
        except Refused:
            continue
    return history
