"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict


class InquiryAnswer(TypedDict):
    answer: str
    inquiry: str
    revision: NotRequired[int]


class InquiryAnswers(TypedDict):
    cycle: str
    inquiries: list[InquiryAnswer]
    mode: str


class InquiryClosure(TypedDict):
    conclusion: str
    consequence: str
    deduction: NotRequired[dict[str, Decimal] | None]
    inquiry: str
    revision: NotRequired[int]
    veto: NotRequired[str | None]


class InquiryClosures(TypedDict):
    cycle: str
    inquiries: list[InquiryClosure]
    mode: str


class InquiryQuery(TypedDict):
    after: str | None
    consequence: NotRequired[str]
    cycle: str
    due_from: NotRequired[date]
    due_to: NotRequired[date]
    indicator: NotRequired[str]
    limit: int
    order: NotRequired[str]
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    waiting: NotRequired[str]


class NewInquiry(TypedDict):
    answer_by: date
    order: str
    question: str


class NewInquiries(TypedDict):
    cycle: str
    inquiries: list[NewInquiry]
