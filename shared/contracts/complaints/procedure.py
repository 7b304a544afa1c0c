"""The steps of the procedure around a decision: parties, supplements, mediation, competence, rewards, archive, publication."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.complaints.entries import ReasonedCase, TimedCase, money
from shared.contracts.shapes import Command, day, flag, instant, needed_text, note, text, word
from shared.vocabulary.case_procedure import (
    APPRAISER_CHOICES,
    ATTENDANCES,
    COMPETENCES,
    IDENTITIES,
    MATERIALS,
    MODES,
    OBJECTION_DECISIONS,
    POWERS,
    RECUSAL_ASKERS,
    WITHHOLDINGS,
)
from shared.vocabulary.complaints import CASE_NATURES, PARTIES

_MOST_TOGETHER = 500


class PersonEntry(Command):
    """Who somebody is; kept sealed."""

    name = needed_text(100)
    phone = note(50, load_default="")
    address = note(300, load_default="")
    id_number = note(50, load_default="")


class AgentEntry(PersonEntry):
    mandate = flag("the signed mandate (授权委托书) was handed in", load_default=False)
    powers = word(POWERS, load_default="general")


class ComplainantEntry(PersonEntry):
    representative = flag("one of those whom the others have chosen", load_default=False)


def together(**options: Any) -> fields.List[Any]:
    """Return the field of those who complain together, the first included."""
    told = {"description": "those who complain together; two of them are representatives"}
    return fields.List(fields.Nested(ComplainantEntry), validate=Length(max=_MOST_TOGETHER), metadata=told, **options)


class CaseParties(TimedCase):
    """Who acts for whom, as it is now known; it replaces what was known before."""

    agent = fields.Nested(AgentEntry, load_default=None)
    together = together(load_default=list)


class CaseIdentity(TimedCase):
    identity = word(IDENTITIES, required=True)


class CaseSupplementNotice(TimedCase):
    materials = fields.List(word(MATERIALS), required=True, validate=Length(1, len(MATERIALS)))
    supply_by = day("the last day to hand them in", required=True)


class CaseSupplement(TimedCase):
    materials = fields.List(word(MATERIALS), required=True, validate=Length(1, len(MATERIALS)))


class CaseDecline(TimedCase):
    party = word(PARTIES, required=True)


class CaseMediator(TimedCase):
    handler = text(20, "a person of the unit", required=True)


class CaseAppointment(TimedCase):
    appointed_for = instant("when the parties meet", required=True)
    mode = word(MODES, load_default="on_site")
    place = note(200, "where, or by which means", load_default="")


class CaseAttendance(TimedCase):
    party = word(PARTIES, required=True)
    attendance = word(ATTENDANCES, required=True)
    proof = note(500, "of an absence: how it is proved", load_default="")
    appointed_for = instant("of which meeting; of the last one where absent", load_default=None)


class CaseRecusal(ReasonedCase):
    asked_by = word(RECUSAL_ASKERS, required=True)


class CaseRecusalDecision(ReasonedCase):
    granted = flag(required=True)
    handler = text(20, "who mediates instead, where it is granted", load_default=None)


class CaseAppraisal(TimedCase):
    appraiser = note(200, "the body that appraises or tests", load_default="")
    chosen_by = word(APPRAISER_CHOICES, load_default=None)


class CaseTurning(ReasonedCase):
    original = fields.UUID(
        load_default=None, metadata={"description": "a report that there is; else one is registered"}
    )


class CaseDispute(TimedCase):
    other_bureau = note(200, "with which bureau", load_default="")


class CaseSettlement(TimedCase):
    competence = word(COMPETENCES, load_default="ours")


class CaseRuling(ReasonedCase):
    competence = word(COMPETENCES, required=True)


class CaseTransfer(ReasonedCase):
    other_bureau = needed_text(200, "the competent bureau")


class CaseReceipt(TimedCase):
    receipt = needed_text(100, "the number of the paper that proves it")


class CaseFurtherTime(ReasonedCase):
    new_due = day("the day on which they decided that the case ends", required=True)


class CaseFiledEnd(TimedCase):
    """How a filed case was decided, as the yearly table counts it."""

    nature = word(CASE_NATURES, "what was infringed", load_default=None)
    penalised = flag("a penalty was decided", load_default=False)
    fined = money("of the fine, where there was one", load_default=None)


class CaseReward(ReasonedCase):
    amount = money("what is proposed", required=True)


class CaseRewardApproval(TimedCase):
    amount = money("what is approved; as proposed where absent", load_default=None)


class CaseRepeat(TimedCase):
    original = fields.UUID(required=True)


class CaseLateConsent(TimedCase):
    since = day("what happened from this day on may still be entered, for as long as the settings say", required=True)


class CaseWithholding(ReasonedCase):
    withholding = word(WITHHOLDINGS, "why it is not published", required=True)
    withheld_until = day("the first day on which it may be published; for good where absent", load_default=None)


class CaseObjectionDecision(ReasonedCase):
    objection = word(OBJECTION_DECISIONS, required=True)


class CaseMerging(TimedCase):
    original = fields.UUID(required=True)
    new_facts = flag("a report that brings new facts: the other's clock runs anew from its receipt", load_default=False)


class CaseSupervision(ReasonedCase):
    answer_by = day("until when an answer is wanted; by the settings where absent", load_default=None)
    urgent = flag("by night it goes to the duty phone", load_default=False)


class CaseFault(ReasonedCase):
    """The case is found justified against a member of staff; ``why`` says what was found."""

    subject = text(20, "the person", required=True)
    grave = flag("it is proposed as a veto, which the panel confirms or lifts", required=True)
