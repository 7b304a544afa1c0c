"""Declaring after the deadline needs the assessor's consent: asked with a reason, granted or refused with one, on record."""

from dataclasses import dataclass, replace
from datetime import date

from shared.vocabulary.declarations import CONSENT_STATES
from shared.vocabulary.refusals import Refused, conflict, invalid
from shared.vocabulary.states import States

STATES = States(
    "consent",
    "补报申请",
    {
        "ask": {None: "asked", "refused": "asked"},
        "grant": {"asked": "granted"},
        "refuse": {"asked": "refused"},
    },
    CONSENT_STATES,
)


@dataclass(frozen=True)
class LateConsent:
    bureau: str
    cycle: str
    consent: str
    revision: int
    subject: str
    layer: str
    period: str
    indicator: str
    unit: str
    assessor: str
    status: str
    reason: str  # why it is late
    answer: str
    until: date | None  # the last day on which it may still be declared
    asked_by: str
    asked_on: date
    decided_by: str | None
    decided_for: str | None
    decided_on: date | None

    def asked_again(self, reason: str, by: str, on: date) -> "LateConsent":
        nobody = dict.fromkeys(("decided_by", "decided_for", "decided_on", "until"))
        changed = {"reason": reason, "answer": "", "asked_by": by, "asked_on": on, **nobody}
        return replace(self, status=STATES.after("ask", self.status), revision=self.revision + 1, **changed)  # type: ignore[arg-type]

    def answered(
        self, command: str, answer: str, by: str, principal: str | None, on: date, until: date | None
    ) -> "LateConsent":
        """Answer the request; ``command`` is grant or refuse; both with a reason."""
        status = STATES.after(command, self.status)
        if not answer.strip():
            raise invalid("reason.required", "同意或不同意补报须说明理由", "the answer needs its reason", "reason")
        if until is not None and until < on:
            raise invalid("consent.until", "补报截止日不能早于今天", "it cannot end before today", "until")
        changed = {"answer": answer, "decided_by": by, "decided_for": principal, "decided_on": on, "until": until}
        return replace(self, status=status, revision=self.revision + 1, **changed)  # type: ignore[arg-type]

    def allows(self, on: date) -> bool:
        return self.status == "granted" and (self.until is None or on <= self.until)


def check_in_time(due: date | None, on: date, consent: LateConsent | None) -> None:
    """Raise ``Refused`` (conflict) where the deadline of declaring has passed and no consent allows it still."""
    if due is None or on <= due or (consent is not None and consent.allows(on)):
        return
    raise _late(due, consent)


def check_asks(due: date | None, on: date) -> None:
    if due is None or on <= due:
        raise conflict(
            "consent.not_needed", "尚未超过申报期限，可直接申报", "the deadline has not passed: just declare it"
        )


def _late(due: date, consent: LateConsent | None) -> Refused:
    answered = {
        None: ("请先申请补报", "ask for consent first"),
        "asked": ("补报申请尚未答复", "the consent has been asked for and not been given yet"),
        "refused": ("核评科室不同意补报", "the assessor has refused"),
        "granted": ("补报期限也已过", "the time granted has passed, too"),
    }
    zh, en = answered[consent.status if consent else None]
    return conflict(
        "declaration.late",
        f"申报期限 {due} 已过，须经核评科室同意方可补报；{zh}",
        f"the deadline {due} has passed: it needs the assessor's consent; {en}",
    )
