"""What a reader may do with a claim, an allocation, a handover: by the rules that the commands themselves ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.targets.domain.claim_permissions import (
    may_answer_handover,
    may_claim,
    may_decide_handover,
    may_release,
    may_withdraw_handover,
)
from services.targets.domain.claims import Claim, Subject, is_held, refuse_item
from services.targets.domain.cycles import Cycle
from services.targets.domain.handovers import STATES, Handover
from services.targets.domain.indicators import Indicator
from services.targets.domain.permissions import Holder, may_allocate_line, may_claim_for_unit, may_manage_cycle
from services.targets.domain.refusals import CLOSED, NOT_OF_LINE, NOT_OPEN
from services.targets.domain.units import Unit
from shared.vocabulary.claims import CLAIM_STEPS, HANDOVER_STATES
from shared.vocabulary.refusals import Refusal

Choices = Iterable[tuple[str, Refusal | None]]
_NOBODY = Refusal("invalid", "subject.unknown", "已不在岗", "no longer one of the present staff")
_NO_ITEM = Refusal("invalid", "indicator.unknown", "指标库中已无此指标", "the library has no such indicator any more")
_GIVEN_UP = Refusal("invalid", "claim.none", "已退回", "it was given back")
_OF_UNITS = Refusal(
    "invalid", "claim.none", "单位的认领不在人员之间转让", "a unit's claim is not handed on among persons"
)
_NOT_ONES_OWN = Refusal("forbidden", "role.missing", "只能移交本人的认领", "one hands over one's own claims only")
_NOT_YOURS = Refusal("forbidden", "role.missing", "须由单位负责人或考核办办理", "the unit's head or the office does it")
_NOT_LINES = Refusal(
    "forbidden", "role.missing", "须由考核办或该口分管领导办理", "the office or the line's leader does it"
)
_UNIT_CLOSED = Refusal("invalid", "unit.unknown", "单位已不参加考核", "the unit is not scored any more")
_HANDOVERS = {
    "answer": (
        may_answer_handover,
        "agree",
        Refusal("forbidden", "role.missing", "须由接收人答复", "the colleague answers"),
    ),
    "decide": (
        may_decide_handover,
        "carry_out",
        Refusal("forbidden", "role.missing", "须由负责人确认", "the head confirms"),
    ),
    "withdraw": (
        may_withdraw_handover,
        "withdraw",
        Refusal("forbidden", "role.missing", "只有申请人可以撤回", "only who proposed it withdraws it"),
    ),
}


@dataclass(frozen=True)
class Moment:
    """What the cycle allows now; ``ended``: the last day of a step (unit, person) where it has passed."""

    cycle: Cycle
    ended: dict[str, date]

    def refuse(self, actor: Holder, step: str | None = None) -> Refusal | None:
        if not self.cycle.takes_claims:
            return NOT_OPEN
        return self.refuse_late(actor, step) if step else None

    def refuse_late(self, actor: Holder, step: str) -> Refusal | None:
        """Refuse who comes late: afterwards the office alone changes claims."""
        if step not in self.ended or may_manage_cycle(actor):
            return None
        last = self.ended[step]
        return Refusal(
            "conflict",
            "claim.deadline",
            f"{CLAIM_STEPS[step]}已于 {last} 截止，请联系考核办",
            f"claims of this kind ended on {last}: ask the appraisal office",
        )


def claim_choices(
    actor: Holder, claim: Claim, present: Subject | None, indicator: Indicator | None, moment: Moment
) -> Choices:
    """Return what can be done about claims; ``present``: who holds the claim, as far as they are there now."""
    held = None if is_held(claim) else _GIVEN_UP
    yield "claim", moment.refuse(actor, "person") or _refuse_claiming(actor, present, indicator)
    released = _NOBODY if present is None and claim.layer != "person" else None
    allowed = None if may_release(actor, claim, present) else _NOT_YOURS
    yield "release", moment.refuse(actor, "person") or held or released or allowed
    person = None if claim.layer == "person" else _OF_UNITS
    known = None if indicator else _NO_ITEM
    handed = None if may_claim_for_unit(actor, claim.unit) else _NOT_YOURS
    yield "transfer", moment.refuse(actor) or held or person or known or handed
    own = None if actor.person == claim.subject else _NOT_ONES_OWN
    yield "hand_over", moment.refuse(actor) or person or own or held or known


def allocation_choices(actor: Holder, indicator: Indicator | None, unit: Unit, moment: Moment) -> Choices:
    """Return what can be done about a unit's share of an item."""
    scored = None if unit.active and unit.layer else _UNIT_CLOSED
    item = None if indicator and indicator.is_shared_out else _NO_ITEM
    line = indicator.line if indicator else ""
    given = None if may_manage_cycle(actor) or may_allocate_line(actor, line) else _NOT_LINES
    yield "allocate", (None if moment.cycle.takes_changes else CLOSED) or item or scored or given
    own = None if may_claim_for_unit(actor, unit.unit) else _NOT_YOURS
    drawn = moment.refuse(actor, "unit") or item or scored or own
    if indicator and not unit.answers_to(indicator.line):
        drawn = drawn or NOT_OF_LINE
    yield "draw", drawn
    yield "return", drawn
    yield "permit_excess", moment.refuse(actor) or own


def handover_choices(actor: Holder, handover: Handover, moment: Moment) -> Choices:
    for step, (may, command, refusal) in _HANDOVERS.items():
        state = None
        if not STATES.allows(command, handover.status):
            zh = f"该移交{HANDOVER_STATES[handover.status]}"
            state = Refusal("conflict", "handover.status", zh, f"the handover is {handover.status}")
        yield step, moment.refuse(actor) or (None if may(actor, handover) else refusal) or state


def _refuse_claiming(actor: Holder, present: Subject | None, indicator: Indicator | None) -> Refusal | None:
    if present is None:
        return _NOBODY
    if not may_claim(actor, present):
        return _NOT_YOURS
    return refuse_item(indicator, present) if indicator else _NO_ITEM
