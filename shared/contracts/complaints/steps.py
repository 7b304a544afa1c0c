"""The steps of a case: what each of them says. Every step is an entry in the case's history."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Range

from shared.contracts.shapes import (
    Command,
    Exact,
    batch,
    day,
    flag,
    instant,
    needed_text,
    note,
    revision,
    text,
    whole,
    word,
)
from shared.vocabulary.complaints import CASE_KINDS, CASE_STEPS, CHANNELS, CONSENTS, OUTCOMES, PARTIES, SATISFACTIONS

_MOST = Decimal(999_999_999)  # yuan


def whole_cents(yuan: Decimal) -> None:
    if yuan != round(yuan, 2):
        raise ValidationError("yuan and cents, nothing finer")


def money(description: str, **options: Any) -> Exact:
    """Yuan, in whole cents."""
    return Exact(
        validate=[Range(Decimal(0), _MOST), whole_cents], metadata={"description": f"yuan, {description}"}, **options
    )


class TimedCase(Command):
    case = fields.UUID(required=True)
    at = instant("when it happened; now where absent, never later", load_default=None)
    why = note(500, "the reason, for the history", load_default="")
    on_behalf_of = text(50, "for whom it is recorded", load_default=None)
    revision = revision("the case's as it was seen; 409 where it has changed meanwhile", load_default=None)


class ReasonedCase(TimedCase):
    why = needed_text(500, "the reason")


class CaseAssignment(TimedCase):
    unit = text(20, required=True)
    handler = text(20, "a person of the unit", load_default=None)
    entrusted = flag("refused since `entrust` has its own address", load_default=False)


class CaseRefusal(TimedCase):
    ground = text(10, "a ground of the regime, see /cases/regimes", required=True)
    knew_on = day("ground 4: when the consumer knew or should have known", load_default=None)


class CaseConsent(TimedCase):
    party = word(PARTIES, required=True)
    matter = word(CONSENTS, load_default="mediation")


class CaseEntrusting(TimedCase):
    unit = text(20, "the association", required=True)
    handler = text(20, "its mediator", load_default=None)


class CaseConclusion(TimedCase):
    outcome = word(OUTCOMES, required=True)
    termination_ground = text(10, load_default=None)
    recovered = money("what was recovered", load_default=Decimal(0))
    voucher = flag("whether what was recovered is proven", load_default=False)
    perform_by = day(load_default=None)
    performed_on = day(load_default=None)
    must_tell = flag("a report whose result has to be told", load_default=False)


class CaseFollowUp(TimedCase):
    answered = flag(required=True)
    satisfaction = word(SATISFACTIONS, load_default=None)


class CaseRepeat(TimedCase):
    original = fields.UUID(required=True)


class CaseLateConsent(TimedCase):
    since = day("what happened from this day on may still be entered, for as long as the settings say", required=True)


class CaseSupervision(ReasonedCase):
    answer_by = day("until when an answer is wanted; by the settings where absent", load_default=None)
    urgent = flag("by night it goes to the duty phone", load_default=False)


class CaseFault(ReasonedCase):
    """The case is found justified against a member of staff; ``why`` says what was found."""

    subject = text(20, "the person", required=True)
    grave = flag("it is proposed as a veto, which the panel confirms or lifts", required=True)


class CaseChanges(Command):
    """What a correction changes; the members that are right stay away."""

    kind = word(CASE_KINDS)
    summary = needed_text(2000)
    trader = needed_text(200)
    trader_address = note(300)
    channel = word(CHANNELS)
    goods = note(200)
    amount = money("in dispute")
    request = note(1000)
    unit = text(20)
    handler = text(20)
    ground = text(10)
    knew_on = day()
    outcome = word(OUTCOMES)
    termination_ground = text(10, allow_none=True)
    recovered = money("what was recovered")
    voucher = flag()
    perform_by = day(allow_none=True)
    must_tell = flag()
    answered = flag()
    satisfaction = word(SATISFACTIONS, allow_none=True)

    def on_bind_field(self, _name: str, field: fields.Field[Any]) -> None:
        field.required = False


class CaseCorrection(ReasonedCase):
    event = whole(1, 10_000, "the number of the event that was wrong", required=True)
    changes = fields.Nested(CaseChanges, load_default=dict, metadata={"description": "what it should have said"})
    happened_at = instant("when it really happened", load_default=None)


class CaseAnnulment(ReasonedCase):
    event = whole(1, 10_000, "the number of the event that is annulled", required=True)


ENTRIES: dict[str, tuple[type[TimedCase], str]] = {
    "assign": (CaseAssignment, "dispatch to a unit and a handler"),
    "take_up": (TimedCase, "the unit takes the case up"),
    "send_back": (ReasonedCase, "back to who dispatched it, with the reason"),
    "contact": (TimedCase, "the first contact with the consumer"),
    "accept": (TimedCase, "accept complaints"),
    "refuse": (CaseRefusal, "refuse complaints, on a ground"),
    "consent": (CaseConsent, "a party consents to mediation or to entrusting it"),
    "mediate": (TimedCase, "both sides were heard"),
    "entrust": (CaseEntrusting, "an association mediates in the bureau's name, both sides having consented"),
    "report_back": (ReasonedCase, "the association reports what came of it"),
    "recall": (ReasonedCase, "the bureau takes the mediation back"),
    "pause": (TimedCase, "appraisal or testing begins"),
    "resume": (TimedCase, "appraisal or testing ends"),
    "extend": (TimedCase, "fifteen further working days to verify a report"),
    "restart": (TimedCase, "new facts: a report's clock runs anew"),
    "lead": (TimedCase, "a suspected breach came to light"),
    "extend_lead": (TimedCase, "fifteen further working days for it"),
    "check_lead": (TimedCase, "the suspicion is verified"),
    "dispute": (TimedCase, "another bureau disputes the competence"),
    "settle_dispute": (TimedCase, "the competence is agreed"),
    "send_to_trader": (TimedCase, "the trader is asked to settle it first"),
    "trader_answered": (TimedCase, "the trader has answered"),
    "conclude": (CaseConclusion, "conclude"),
    "answer": (ReasonedCase, "answer an enquiry or a suggestion"),
    "withdraw": (TimedCase, "the consumer withdraws"),
    "tell": (TimedCase, "tell the result"),
    "perform": (TimedCase, "the agreement is performed"),
    "extend_filed": (TimedCase, "thirty further days for a filed case"),
    "end_filed": (TimedCase, "the filed case is decided"),
    "follow_up": (CaseFollowUp, "follow up"),
    "mark_repeat": (CaseRepeat, "mark as a repetition of a concluded complaint"),
    "unmark_repeat": (ReasonedCase, "it is no repetition"),
    "merge": (CaseRepeat, "handled together with another case"),
    "unmerge": (ReasonedCase, "handled by itself again"),
    "supervise": (CaseSupervision, "a superior urges and wants an answer"),
    "answer_supervision": (ReasonedCase, "the answer to a superior"),
    "find_fault": (CaseFault, "the case is justified against a member of staff"),
    "allow_late": (CaseLateConsent, "a head consents to late entries"),
    "correct": (CaseCorrection, "put an event right"),
    "annul": (CaseAnnulment, "annul an event"),
}


class CaseStep(CaseAssignment, CaseRefusal, CaseConclusion, CaseFollowUp, CaseRepeat, CaseSupervision, CaseFault):
    """Any step; the members it does not use stay away."""

    step = word(CASE_STEPS, required=True)
    unit = text(20, load_default=None)
    ground = text(10, load_default=None)
    outcome = word(OUTCOMES, load_default=None)
    answered = flag(load_default=False)
    original = fields.UUID(load_default=None)
    why = note(500, "the reason, for the history", load_default="")
    subject = text(20, load_default=None)
    grave = flag(load_default=False)
    party = word(PARTIES, load_default=None)
    matter = word(CONSENTS, load_default="mediation")
    since = day(load_default=None)
    event = whole(1, 10_000, load_default=None)
    changes = fields.Nested(CaseChanges, load_default=dict)
    happened_at = instant(load_default=None)

    @validates_schema
    def _complete(self, given: dict[str, Any], **_: Any) -> None:
        """Whatever a step's own address needs is needed here too."""
        needed = [name for name, field in ENTRIES[given["step"]][0]().fields.items() if field.required]
        lacking = {name: ["Missing data for required field."] for name in needed if given.get(name) in (None, "")}
        if lacking:
            raise ValidationError(lacking)


class CaseSteps(Command):
    steps = batch(CaseStep)
