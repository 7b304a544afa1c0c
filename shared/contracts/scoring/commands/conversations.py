"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class ConversationAppointment(TypedDict):
    held_on: date
    revision: int | None
    run: str
    subject: str


class ConversationQuery(TypedDict):
    after: str | None
    limit: int
    run: str
    status: str | None


class ConversationStep(TypedDict):
    opinion: str
    revision: int | None
    run: str
    subject: str


class ConversationText(TypedDict):
    held_on: date
    measures: str
    revision: int | None
    run: str
    shortcomings: str
    strengths: str
    subject: str


class NewConversation(TypedDict):
    held_on: date
    measures: str
    run: str
    shortcomings: str
    strengths: str
    subject: str
