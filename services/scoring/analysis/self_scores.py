"""Self-scores against assessments: which units think better of themselves than others do, which assessors cut less or more?

The gap of a declaration is (self − assessed) ÷ full points. Declarations of one person are not independent of each other: the unit of the
statistics is the person, with the mean of his gaps. A unit is compared with everybody outside it, but for units that were already found to
inflate: theirs would make honest neighbours look modest. Self-scores have a natural nought, so that nobody is modest who does not score below the
assessment. An assessor is compared with the others on the same indicators only (an indicator that a single one assesses says nothing of him). Something is called remarkable when Welch's test, adjusted for
the number of groups tested at once, stays below 5 % and the difference is at least 2 % of the full points. Below the least numbers nothing is said.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from services.scoring.analysis.statistics import adjusted, correlation, welch

FEWEST_PERSONS, FEWEST_DECLARATIONS = 5, 30
LEVEL, RELEVANT = 0.05, 0.02
Keyed = Callable[["Record"], str]


@dataclass(frozen=True)
class Record:
    """One assessed declaration, both points as shares of the full points."""

    subject: str
    unit: str
    assessor: str
    indicator: str
    own: float
    assessed: float

    @property
    def gap(self) -> float:
        return self.own - self.assessed


@dataclass(frozen=True)
class Group:
    """A unit or an assessor. ``gap``: the mean over persons; ``difference``: to the others; ``q``: adjusted p."""

    code: str
    persons: int
    declarations: int
    gap: float
    difference: float
    q: float
    correlation: tuple[float, float, float] | None  # over persons, with its 95 % interval; None where too few
    verdict: str


def by_unit(records: Sequence[Record]) -> list[Group]:
    """Return the units with their verdicts: inflated, modest, unremarkable, too_few."""
    found: dict[str, Group] = {}  # each as it was last compared with units that do not inflate
    apart: set[str] = set()
    while True:
        groups = _groups(records, lambda one: one.unit, records, high="inflated", low="modest", apart=apart)
        comparable = {one.code for one in groups} - apart
        for one in groups:
            if one.code not in apart and (comparable - {one.code} or one.code not in found):
                found[one.code] = replace(one, verdict=_beside_nought(one))
        more = [one for one in found.values() if one.verdict == "inflated" and one.code not in apart]
        if not more:
            return [found[one.code] for one in groups]
        apart.add(max(more, key=lambda one: (one.gap, one.code)).code)


def by_assessor(records: Sequence[Record]) -> list[Group]:
    """Compare self scores by assessor; verdicts: severe (cuts more than others on the same
    indicators), lenient, unremarkable, too_few."""
    return _groups(records, lambda one: one.assessor, _comparable(records), high="severe", low="lenient")


def _beside_nought(one: Group) -> str:
    """Return the verdict, unless the unit's own gap points the other way, or hardly anywhere."""
    wanted = {"inflated": one.gap >= RELEVANT, "modest": one.gap <= -RELEVANT}
    return one.verdict if wanted.get(one.verdict, True) else "unremarkable"


def _groups(
    records: Sequence[Record],
    key: Keyed,
    compared: Sequence[Record],
    *,
    high: str,
    low: str,
    apart: Collection[str] = (),
) -> list[Group]:
    """Compare each group with all others but those ``apart``."""
    codes = sorted({key(one) for one in records})
    usable = [one for one in codes if _enough([record for record in compared if key(record) == one])]
    tests = {
        code: welch(
            _gaps(r for r in compared if key(r) == code),
            _gaps(r for r in compared if key(r) != code and key(r) not in apart),
        )
        for code in usable
    }
    levels = dict(zip(usable, adjusted([tests[code].p for code in usable]), strict=True))
    groups = []
    for code in codes:
        own = [one for one in records if key(one) == code]
        gaps = _gaps(own)
        difference, q = (tests[code].difference, levels[code]) if code in tests else (0.0, 1.0)
        verdict = _verdict(difference, q, high, low) if code in tests else "too_few"
        together = correlation(*_means(own)) if code in tests else None
        groups.append(Group(code, len(gaps), len(own), sum(gaps) / len(gaps), difference, q, together, verdict))
    return groups


def _verdict(difference: float, q: float, high: str, low: str) -> str:
    if q >= LEVEL or abs(difference) < RELEVANT:
        return "unremarkable"
    return high if difference > 0 else low


def _comparable(records: Sequence[Record]) -> list[Record]:
    """Of indicators with several assessors, each gap less the indicator's mean gap."""
    by_indicator: dict[str, list[Record]] = {}
    for one in records:
        by_indicator.setdefault(one.indicator, []).append(one)
    found = []
    for own in by_indicator.values():
        if len({one.assessor for one in own}) > 1:
            mean = sum(one.gap for one in own) / len(own)
            found += [
                Record(one.subject, one.unit, one.assessor, one.indicator, one.own - mean, one.assessed) for one in own
            ]
    return found


def _enough(records: Sequence[Record]) -> bool:
    return len(records) >= FEWEST_DECLARATIONS and len({one.subject for one in records}) >= FEWEST_PERSONS


def _means(records: Sequence[Record]) -> tuple[list[float], list[float]]:
    """Of each person the mean of his own points and of those he was given: what one person declares hangs together."""
    own: dict[str, list[Record]] = {}
    for one in records:
        own.setdefault(one.subject, []).append(one)
    return (
        [sum(one.own for one in some) / len(some) for some in own.values()],
        [sum(one.assessed for one in some) / len(some) for some in own.values()],
    )


def _gaps(records: Iterable[Record]) -> list[float]:
    """One mean gap for each person."""
    own: dict[str, list[float]] = {}
    for one in records:
        own.setdefault(one.subject, []).append(one.gap)
    return [sum(gaps) / len(gaps) for gaps in own.values()]
