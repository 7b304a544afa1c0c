"""The conversation, before the year's results (考核前沟通) or about them (考核面谈): led by the head, recorded, confirmed by both sides.

(ask: for a day) → asked
                     ↓ revise
(draft) ────────→ drafted → (offer: the head confirms) → offered → (confirm: the person confirms) → confirmed
                     ↑ revise                                 │
                     └──────── returned ←── (return, with what is not right) ┘
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from shared.vocabulary.refusals import forbidden, invalid
from shared.vocabulary.scoring import CONVERSATION_KINDS, CONVERSATION_STATES
from shared.vocabulary.states import States

BEFORE, AFTER = CONVERSATION_KINDS
STATES = States(
    "conversation",
    "面谈记录",
    {
        "ask": {"asked": "asked"},
        "revise": {"asked": "drafted", "drafted": "drafted", "returned": "drafted"},
        "offer": {"drafted": "offered"},
        "return": {"offered": "returned"},
        "confirm": {"offered": "confirmed"},
    },
    CONVERSATION_STATES,
    "conversation.step",
)


@dataclass(frozen=True)
class Conversation:
    bureau: str
    run: str  # that it is about; the year itself where it comes before the results
    subject: str
    cycle: str
    unit: str
    held_on: date
    strengths: str
    shortcomings: str
    measures: str
    head: str  # who leads it
    revision: int = 1
    status: str = "drafted"
    opinion: str = ""  # of the person: with the confirmation, or why it was returned
    offered_at: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def kind(self) -> str:
        return BEFORE if self.run == self.cycle else AFTER

    @classmethod
    def appointed(cls, run: str, cycle: str, subject: str, *, bureau: str, unit: str, head: str, on: date) -> Self:
        """Return it as asked for, with nothing said yet."""
        return cls(bureau, run, subject, cycle, unit, on, "", "", "", head, status="asked")

    def asked(self, held_on: date, head: str) -> "Conversation":
        """Return it as asked for on another day."""
        return self._moved("ask", held_on=held_on, head=head)

    def revised(self, held_on: date, texts: dict[str, str], head: str) -> "Conversation":
        """Return it as revised: what both confirm is what both last saw: a change needs both confirmations anew."""
        return self._moved("revise", held_on=held_on, head=head, offered_at=None, **texts)

    def offered(self, head: str, at: datetime) -> "Conversation":
        if head != self.head:
            raise forbidden("conversation.not_yours", "应由面谈人确认", "whoever led the conversation confirms it")
        return self._moved("offer", offered_at=at)

    def returned(self, opinion: str) -> "Conversation":
        if not opinion.strip():
            raise invalid("reason.required", "退回须说明不符之处", "say what is not right", "opinion")
        return self._moved("return", opinion=opinion)

    def confirmed(self, opinion: str, at: datetime) -> "Conversation":
        return self._moved("confirm", opinion=opinion, confirmed_at=at)

    def check_dates(self, today: date) -> None:
        if self.held_on > today:
            raise invalid("conversation.future", "面谈日期不能晚于今天", "it cannot be held in the future", "held_on")

    def check_day_to_come(self, today: date) -> None:
        if self.held_on < today:
            raise invalid("conversation.past", "约定的日期不能早于今天", "it is asked for today or later", "held_on")

    def _moved(self, command: str, **changes: object) -> "Conversation":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]
