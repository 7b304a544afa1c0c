"""The steps of a case: what each of them says. Every step is an entry in the case's history."""

from decimal import Decimal
from functools import cache
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.complaints import procedure
from shared.contracts.complaints.entries import ReasonedCase, TimedCase, money
from shared.contracts.shapes import Command, batch, day, flag, instant, needed_text, note, text, whole, word
from shared.vocabulary.case_procedure import AGREEMENT_FORMS, COMPETENCES
from shared.vocabulary.complaints import (
    CASE_KINDS,
    CASE_NATURES,
    CASE_STEPS,
    CHANNELS,
    CONSENTS,
    GRADES,
    OUTCOMES,
    PARTIES,
    SATISFACTIONS,
)


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
    form = word(
        AGREEMENT_FORMS,
        "of an agreement: 调解书, or a record where it is performed at once or both waive it",
        load_default=None,
    )


class CaseFollowUp(TimedCase):
    answered = flag(required=True)
    satisfaction = word(GRADES, load_default=None)


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
    nature = word(CASE_NATURES, allow_none=True)
    penalised = flag()
    fined = money("of the fine", allow_none=True)
    form = word(AGREEMENT_FORMS, allow_none=True)
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
    "transfer": (procedure.CaseTransfer, "hand over to the competent bureau"),
    "confirm_transfer": (procedure.CaseReceipt, "the competent bureau has received it"),
    "return_transfer": (ReasonedCase, "the other bureau sends it back"),
    "represent": (procedure.CaseParties, "agents, those who complain together and their representatives"),
    "check_identity": (procedure.CaseIdentity, "the identity is checked"),
    "ask_supplement": (procedure.CaseSupplementNotice, "ask for what is missing, until a day"),
    "supplement": (procedure.CaseSupplement, "what was missing is handed in"),
    "contact": (TimedCase, "the first contact with the consumer"),
    "accept": (TimedCase, "accept complaints"),
    "refuse": (CaseRefusal, "refuse complaints, on a ground"),
    "consent": (CaseConsent, "a party consents to mediation or to entrusting it"),
    "decline": (procedure.CaseDecline, "a party refuses mediation"),
    "name_mediator": (procedure.CaseMediator, "name who mediates"),
    "appoint": (procedure.CaseAppointment, "invite both sides to a mediation"),
    "attend": (procedure.CaseAttendance, "who came, and the proof where somebody stayed away"),
    "ask_recusal": (procedure.CaseRecusal, "the mediator shall be replaced"),
    "decide_recusal": (procedure.CaseRecusalDecision, "decide on that"),
    "mediate": (TimedCase, "both sides were heard"),
    "entrust": (CaseEntrusting, "an association mediates in the bureau's name, both sides having consented"),
    "report_back": (ReasonedCase, "the association reports what came of it"),
    "recall": (ReasonedCase, "the bureau takes the mediation back"),
    "pause": (procedure.CaseAppraisal, "appraisal or testing begins"),
    "resume": (TimedCase, "appraisal or testing ends"),
    "extend": (ReasonedCase, "fifteen further working days to verify a report"),
    "restart": (TimedCase, "new facts: a report's clock runs anew"),
    "lead": (TimedCase, "a suspected breach came to light"),
    "extend_lead": (ReasonedCase, "fifteen further working days for it"),
    "check_lead": (TimedCase, "the suspicion is verified"),
    "turn_into_case": (procedure.CaseTurning, "a complaint's suspicion becomes a report"),
    "dispute": (procedure.CaseDispute, "another bureau disputes the competence"),
    "settle_dispute": (procedure.CaseSettlement, "the competence is agreed"),
    "decide_dispute": (procedure.CaseRuling, "the common superior decides the competence"),
    "send_to_trader": (TimedCase, "the trader is asked to settle it first"),
    "trader_answered": (TimedCase, "the trader has answered"),
    "conclude": (CaseConclusion, "conclude"),
    "answer": (ReasonedCase, "answer an enquiry or a suggestion"),
    "withdraw": (TimedCase, "the consumer withdraws"),
    "tell": (TimedCase, "tell the result"),
    "perform": (TimedCase, "the agreement is performed"),
    "extend_filed": (ReasonedCase, "thirty further days for a filed case"),
    "extend_filed_again": (procedure.CaseFurtherTime, "further time for a filed case, decided together"),
    "end_filed": (procedure.CaseFiledEnd, "the filed case is decided"),
    "propose_reward": (procedure.CaseReward, "propose a reward for the reporter"),
    "approve_reward": (procedure.CaseRewardApproval, "approve it"),
    "decline_reward": (ReasonedCase, "decline it"),
    "pay_reward": (procedure.CaseReceipt, "it is paid"),
    "follow_up": (CaseFollowUp, "follow up"),
    "redo": (ReasonedCase, "do again what did not satisfy"),
    "archive": (TimedCase, "submit the file to be archived"),
    "pass_archive": (TimedCase, "the file is whole and archived"),
    "reject_archive": (ReasonedCase, "the file has to be repaired"),
    "publish": (TimedCase, "publish the result"),
    "unpublish": (ReasonedCase, "withdraw the publication"),
    "withhold": (procedure.CaseWithholding, "do not publish the result, or not before a day"),
    "end_withholding": (ReasonedCase, "it may be published again"),
    "object": (ReasonedCase, "the trader objects to the publication"),
    "decide_objection": (procedure.CaseObjectionDecision, "decide on the objection"),
    "mark_repeat": (procedure.CaseRepeat, "mark as a repetition of a concluded complaint"),
    "unmark_repeat": (ReasonedCase, "it is no repetition"),
    "merge": (procedure.CaseMerging, "handled together with another case"),
    "unmerge": (ReasonedCase, "handled by itself again"),
    "supervise": (procedure.CaseSupervision, "a superior urges and wants an answer"),
    "answer_supervision": (ReasonedCase, "the answer to a superior"),
    "find_fault": (procedure.CaseFault, "the case is justified against a member of staff"),
    "allow_late": (procedure.CaseLateConsent, "a head consents to late entries"),
    "correct": (CaseCorrection, "put an event right"),
    "annul": (CaseAnnulment, "annul an event"),
}


class CaseStep(
    CaseAssignment,
    CaseRefusal,
    CaseConsent,
    CaseEntrusting,
    CaseConclusion,
    CaseFollowUp,
    procedure.CaseRepeat,
    procedure.CaseLateConsent,
    CaseCorrection,
    procedure.CaseParties,
    procedure.CaseIdentity,
    procedure.CaseSupplementNotice,
    procedure.CaseAppointment,
    procedure.CaseAttendance,
    procedure.CaseRecusal,
    procedure.CaseRecusalDecision,
    procedure.CaseAppraisal,
    procedure.CaseTransfer,
    procedure.CaseSettlement,
    procedure.CaseReceipt,
    procedure.CaseFurtherTime,
    procedure.CaseFiledEnd,
    procedure.CaseRewardApproval,
    procedure.CaseWithholding,
    procedure.CaseObjectionDecision,
    procedure.CaseMerging,
    procedure.CaseSupervision,
    procedure.CaseFault,
):
    """Any step; the members it does not use stay away."""

    case = fields.UUID(required=True)
    step = word(CASE_STEPS, required=True)
    why = note(500, "the reason, for the history", load_default="")
    other_bureau = note(200, load_default="")
    competence = word(COMPETENCES, load_default=None)
    answered = flag(load_default=False)
    grave = flag(load_default=False)

    def on_bind_field(self, name: str, field: fields.Field[Any]) -> None:
        if field.required and name not in ("case", "step"):
            field.required, field.load_default, field.allow_none = False, None, True

    @validates_schema
    def _complete(self, given: dict[str, Any], **_: Any) -> None:
        """Whatever a step's own address needs is needed here too."""
        empty = [name for name in needed(given["step"]) if _says_nothing(given.get(name))]
        lacking = {name: ["Missing data for required field."] for name in empty}
        if lacking:
            raise ValidationError(lacking)


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@cache
def needed(step: str) -> frozenset[str]:
    """Return the members that ``step`` needs."""
    return frozenset(name for name, one in ENTRIES[step][0]().fields.items() if one.required)


class CaseSteps(Command):
    steps = batch(CaseStep)
