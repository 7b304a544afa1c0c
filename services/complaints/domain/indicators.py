"""The twelve indicators of any period from its facts: each over a named denominator, rounded half up once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.complaints.domain.figures import ACCEPTED_CASES, ANSWERED, MEDIATED_CASES, RECOVERED, Fact
from shared.vocabulary.complaints import DENOMINATORS, FIGURES, SUCCESS_OVER, SUPERVISION_COUNTS

_CENT = Decimal("0.01")
_SUCCESS = "mediation_success"
_UNITS = {RECOVERED: "wan_yuan", "first_contact_days": "working_days", "dispatch_hours": "working_hours"}


@dataclass(frozen=True)
class Sum:
    """What the facts of one figure come to; ``backdated``: how many of them rest on late entries."""

    figure: str
    numerator: Decimal
    denominator: Decimal
    backdated: int


Counted = Fact | Sum


@dataclass(frozen=True)
class Indicator:
    """``value`` is None where there is nothing to count: not applicable, never 0 % or 100 %."""

    figure: str
    zh: str
    numerator: Decimal
    denominator: Decimal | None
    over: str
    value: Decimal | None
    unit: str
    backdated: int


def indicators(facts: Iterable[Counted], success_over: str = "concluded") -> list[Indicator]:
    """Return all indicators; ``success_over`` names the denominator of the share of successful mediations."""
    counted = list(facts)
    return [_indicator(name, counted, success_over) for name in FIGURES]


@dataclass(frozen=True)
class SupervisionCount:
    """``of``: how many answers were wanted, where answers are counted."""

    count: str
    zh: str
    cases: Decimal
    of: Decimal | None


def supervision(facts: Iterable[Counted]) -> list[SupervisionCount]:
    """Return how often cases were urged by the clock and by a superior, and how often that was answered in time."""
    counted = list(facts)
    found = []
    for name, zh in SUPERVISION_COUNTS.items():
        own = [one for one in counted if one.figure == name]
        wanted = _sum(one.denominator for one in own) if name == ANSWERED else None
        found.append(SupervisionCount(name, zh, _sum(one.numerator for one in own), wanted))
    return found


def percent(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Return the share in percent with two places, or None over nothing."""
    return (100 * numerator / denominator).quantize(_CENT, ROUND_HALF_UP) if denominator else None


def _indicator(name: str, counted: Sequence[Counted], success_over: str) -> Indicator:
    own = [one for one in counted if one.figure == name]
    numerator, denominator = _sum(one.numerator for one in own), _sum(one.denominator for one in own)
    over, unit = DENOMINATORS[name], _UNITS.get(name, "percent")
    if name == _SUCCESS:
        over = SUCCESS_OVER[success_over]
        numerator, denominator = _success(counted, numerator, denominator, success_over)
    late = sum(one.backdated for one in own)
    if name == RECOVERED:
        return Indicator(
            name, FIGURES[name], numerator, None, over, numerator.quantize(_CENT, ROUND_HALF_UP), unit, late
        )
    value = percent(numerator, denominator) if unit == "percent" else _mean(numerator, denominator)
    return Indicator(name, FIGURES[name], numerator, denominator, over, value, unit, late)


def _success(facts: Sequence[Counted], done: Decimal, concluded: Decimal, over: str) -> tuple[Decimal, Decimal]:
    """Successes over those concluded, over those accepted, or of the mediated over the mediated."""
    if over == "accepted":
        return done, _sum(one.denominator for one in facts if one.figure == ACCEPTED_CASES)
    if over == "mediated":
        own = [one for one in facts if one.figure == MEDIATED_CASES]
        return _sum(one.numerator for one in own), _sum(one.denominator for one in own)
    return done, concluded


def _mean(total: Decimal, over: Decimal) -> Decimal | None:
    return (total / over).quantize(_CENT, ROUND_HALF_UP) if over else None


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))
