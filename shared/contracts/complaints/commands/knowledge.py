"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class ChangedKnowledge(TypedDict):
    answer: str
    articles: list[str]
    entry: str
    keywords: list[str]
    question: str
    revision: int
    topic: str
    valid_until: date | None
    why: str
    withdrawn: bool


class KnowledgeFilter(TypedDict):
    after: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    topic: str | None
    total: bool
    withdrawn: bool


class NewKnowledge(TypedDict):
    answer: str
    articles: list[str]
    keywords: list[str]
    question: str
    topic: str
    valid_until: date | None
    why: str


class OneKnowledge(TypedDict):
    entry: str


class WhatIsTyped(TypedDict):
    goods: str
    summary: str
    trader: str
