"""Whose case it is by the law (令121 art. 13): suggested from the trader's places and the platform's operator; a person decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.complaints.domain.cases import REPORT
from services.complaints.domain.regimes import Regime
from shared.vocabulary.jurisdiction import RULES

PLACE, PLATFORM = "place", "platform"
# 违法行为发生地: the statute's own rule, the same under either order.
ACT_ARTICLE = "行政处罚法第22条"


@dataclass(frozen=True)
class Jurisdiction:
    """``words``: a place or a platform, as it stands in an address or a name. ``unit``: whose it is, or ``other_bureau``."""

    by: str
    words: str
    unit: str | None
    other_bureau: str = ""


@dataclass(frozen=True)
class Trader:
    """What is typed of a trader, and what the register knows of them."""

    name: str
    typed_address: str
    platform: str = ""
    supervising: str | None = None
    place: str = ""  # where the business is really done
    domicile: str = ""


@dataclass(frozen=True)
class Suggestion:
    """``found``: the words that led to it."""

    rule: str
    article: str
    unit: str | None
    other_bureau: str
    found: str

    @property
    def whose(self) -> tuple[str | None, str]:
        return self.unit, self.other_bureau


def suggestions(kind: str, trader: Trader, known: Sequence[Jurisdiction], regime: Regime) -> list[Suggestion]:
    """Return who is competent and why, each once, in the order of the rules."""
    article = ACT_ARTICLE if kind == REPORT else regime.jurisdiction
    found = _of_a_report(trader, known, article) if kind == REPORT else _of_a_complaint(trader, known, article)
    first: dict[tuple[str | None, str], Suggestion] = {}
    for one in sorted(found, key=lambda each: tuple(RULES).index(each.rule)):
        first.setdefault(one.whose, one)
    return list(first.values())


def _of_a_report(trader: Trader, known: Sequence[Jurisdiction], article: str) -> Iterator[Suggestion]:
    yield from _told("act", article, _longest(PLACE, trader.typed_address or trader.place, known))
    yield from _supervising(trader, article)


def _of_a_complaint(trader: Trader, known: Sequence[Jurisdiction], article: str) -> Iterator[Suggestion]:
    yield from _told("operator", article, _longest(PLATFORM, trader.name, known))
    yield from _told("place_of_business", article, _longest(PLACE, trader.typed_address or trader.place, known))
    yield from _supervising(trader, article)
    yield from _told("domicile", article, _longest(PLACE, trader.domicile, known))
    yield from _told("platform", article, _longest(PLATFORM, trader.platform, known))


def _supervising(trader: Trader, article: str) -> Iterator[Suggestion]:
    if trader.supervising:
        yield Suggestion("supervising", article, trader.supervising, "", trader.name)


def _told(rule: str, article: str, found: Iterable[Jurisdiction]) -> Iterator[Suggestion]:
    for one in found:
        yield Suggestion(rule, article, one.unit, one.other_bureau, one.words)


def _longest(by: str, text: str, known: Sequence[Jurisdiction]) -> list[Jurisdiction]:
    """Return what is known by the longest words that stand in ``text``: a street tells more than its district."""
    there = [one for one in known if one.by == by and one.words in text]
    most = max((len(one.words) for one in there), default=0)
    return [one for one in there if len(one.words) == most]
