"""What prompts a person to look closer at a complaint (令121 art. 17): never a refusal by itself, and nothing is decided here."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.complaints.domain.cases import day_of
from services.complaints.domain.settings import SIGNS, Settings


@dataclass(frozen=True)
class Complaint:
    """``keys``: what tells the person."""

    received_at: datetime
    trader: str
    keys: frozenset[str]


def signs(one: Complaint, others: Sequence[Complaint], settings: Settings) -> list[tuple[str, int]]:
    """Return the signs of ``one`` among ``others`` that share a person or an address with it, each with its complaints."""
    counted, least = Counter(dict(_counts(one, others, settings))), {**SIGNS, **settings.signs}
    return [(name, counted[name]) for name in SIGNS if counted[name] >= least[name]]


def _counts(one: Complaint, others: Sequence[Complaint], settings: Settings) -> Iterator[tuple[str, int]]:
    same = [each for each in others if each.keys & one.keys and each.received_at <= one.received_at]
    for name, days in (("frequency", settings.frequent_days), ("quantity", settings.many_days)):
        yield name, 1 + sum(one.received_at - each.received_at <= timedelta(days=days) for each in same)
    traders: defaultdict[object, set[str]] = defaultdict(set)
    for each in (one, *same):
        traders[day_of(each.received_at)].add(each.trader)
    yield "mass", len(traders[day_of(one.received_at)])
    yield "shared_contact", 1 + sum(_another(each, one) for each in others if each.keys & one.keys)
    yield "shared_address", 1 + sum(not each.keys & one.keys for each in others)


def _another(each: Complaint, one: Complaint) -> bool:
    """Whether they share a telephone or an identity number and differ in the other."""
    return bool(each.keys - one.keys) and bool(one.keys - each.keys)
