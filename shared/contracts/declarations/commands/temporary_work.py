"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict


class ChosenWork(TypedDict):
    revision: NotRequired[int]
    work: str


class ChosenWorks(TypedDict):
    cycle: str
    mode: str
    works: list[ChosenWork]


class NewWork(TypedDict):
    asked_by: str
    done_on: date
    evidence: list[str]
    indicator: str
    outcome: str
    period: str
    revision: NotRequired[int]
    subject: str
    title: str
    work: NotRequired[str]


class NewWorks(TypedDict):
    cycle: str
    works: list[NewWork]


class OneWork(TypedDict):
    cycle: str
    work: str


class SubjectQuery(TypedDict):
    cycle: str
    period: NotRequired[str]
    subject: str


class AssessedWork(TypedDict):
    counts: NotRequired[dict[str, Decimal] | None]
    revision: NotRequired[int]
    work: str


class WorkAssessment(TypedDict):
    cycle: str
    decision: str
    mode: str
    reason: str
    works: list[AssessedWork]


class WorkConfirmation(TypedDict):
    cycle: str
    decision: str
    mode: str
    reason: str
    works: list[ChosenWork]


class WorkQuery(TypedDict):
    after: str | None
    assessor: NotRequired[str]
    cycle: str
    indicator: NotRequired[str]
    limit: int
    period: NotRequired[str]
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    waiting: NotRequired[str]


class WorksTakenBack(TypedDict):
    cycle: str
    mode: str
    reason: str
    works: list[ChosenWork]
