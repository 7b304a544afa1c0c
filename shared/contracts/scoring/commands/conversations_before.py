"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class NewTalk(TypedDict):
    cycle: str
    held_on: date
    measures: str
    shortcomings: str
    strengths: str
    subject: str


class TalkAppointment(TypedDict):
    cycle: str
    held_on: date
    revision: int | None
    subject: str


class TalkQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    status: str | None


class TalkStep(TypedDict):
    cycle: str
    opinion: str
    revision: int | None
    subject: str


class TalkText(TypedDict):
    cycle: str
    held_on: date
    measures: str
    revision: int | None
    shortcomings: str
    strengths: str
    subject: str


class YearSubject(TypedDict):
    cycle: str
    subject: str
