"""What prompts a person to look closer at a complaint (令121 art. 17): never a refusal by itself, and nothing is decided here."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.complaints.domain.cases import day_of

# sign → from how many complaints on it is shown, the one at hand included
THRESHOLDS = {"frequency": 5, "quantity": 10, "mass": 3, "shared_contact": 2, "shared_address": 2}
FREQUENT_WITHIN, MANY_WITHIN = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True)
class Complaint:
    """``keys``: what tells the person."""

    received_at: datetime
    trader: str
    keys: frozenset[str]


def signs(one: Complaint, others: Sequence[Complaint]) -> list[tuple[str, int]]:
    """Return the signs of ``one`` among ``others`` that share a person or an address with it, each with its complaints."""
    counted = Counter(dict(_counts(one, others)))
    return [(name, counted[name]) for name, least in THRESHOLDS.items() if counted[name] >= least]


def _counts(one: Complaint, others: Sequence[Complaint]) -> Iterator[tuple[str, int]]:
    same = [each for each in others if each.keys & one.keys and each.received_at <= one.received_at]
    yield "frequency", 1 + sum(one.received_at - each.received_at <= FREQUENT_WITHIN for each in same)
    yield "quantity", 1 + sum(one.received_at - each.received_at <= MANY_WITHIN for each in same)
    traders: defaultdict[object, set[str]] = defaultdict(set)
    for each in (one, *same):
        traders[day_of(each.received_at)].add(each.trader)
    yield "mass", len(traders[day_of(one.received_at)])
    yield "shared_contact", 1 + sum(_another(each, one) for each in others if each.keys & one.keys)
    yield "shared_address", 1 + sum(not each.keys & one.keys for each in others)


def _another(each: Complaint, one: Complaint) -> bool:
    """Whether they share a telephone or an identity number and differ in the other."""
    return bool(each.keys - one.keys) and bool(one.keys - each.keys)
