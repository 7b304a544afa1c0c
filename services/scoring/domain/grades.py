"""Grades of the yearly appraisal (公务员考核规定 2020): 优秀, 称职, 基本称职, 不称职, or 不确定等次, with whoever is not eligible for more.

Scores propose, circumstances limit: a person's own score gives a grade by the bureau's marks, the ranking gives 优秀 within its quota, and
what befell the person in the year caps it. Of several circumstances the heaviest counts. The panel decides; nothing here is final.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.scoring.domain.circumstances import (
    ABSENT_HALF,
    BASIC,
    COMPETENT,
    EXCELLENT,
    INCOMPETENT,
    UNDETERMINED,
    heaviest,
)

BY_RULE, HIGHEST_QUOTA = 20, 25  # percent; above 20 only where the authority in charge approved it
ALL, OF_GRADED = "all", "graded"  # whose number the quota is taken of
Place = tuple[int, tuple[Decimal, ...]]


@dataclass(frozen=True)
class Marks:
    """From which final score on a grade is proposed; rules of the bureau.

    ``excellent_percent`` of ``quota_base``: all who take part in the appraisal (应参加年度考核的总人数), or those who are given a grade.
    """

    competent: Decimal = Decimal(70)
    basic: Decimal = Decimal(60)
    excellent_percent: int = BY_RULE
    quota_base: str = ALL

    def __post_init__(self) -> None:
        if not Decimal(0) <= self.basic <= self.competent <= 100 or not 0 <= self.excellent_percent <= HIGHEST_QUOTA:
            raise ValueError("marks go upwards to 100, and at most 25 in a hundred are 优秀")


@dataclass(frozen=True)
class Candidate:
    """``rank``: standard competition rank on the final score, None without one; ``chain``: what is compared among equals."""

    person: str
    final: Decimal | None
    rank: int | None
    circumstances: frozenset[str] = frozenset()
    last_year: frozenset[str] = frozenset()
    year_before: frozenset[str] = frozenset()
    chain: tuple[Decimal, ...] = ()

    @property
    def weighing(self) -> tuple[str, str] | None:
        """Return the circumstance that weighs most and the best grade it leaves."""
        return heaviest(self.circumstances, self.last_year, self.year_before)

    @property
    def place(self) -> Place:
        """Return where the person stands among the ranked: by rank, then by the model's tie chain."""
        return (self.rank or 0, tuple(-value for value in self.chain))


@dataclass(frozen=True)
class Graded:
    person: str
    grade: str
    limited_by: str | None = None  # the heaviest circumstance that kept the person from a better grade


def absent_half(days_away: Decimal | int, working_days: int) -> bool:
    """Tell whether leave took over half of the year's working days; exactly half is not over it."""
    return 2 * days_away > working_days


def grade(candidates: Iterable[Candidate], marks: Marks) -> list[Graded]:
    """Return the proposals in the order of the persons' codes.

    At the edge of the quota the tie chain decides among equals; who equals the first beyond it even so is not 优秀 before him:
    the quota is an upper limit.
    """
    every = sorted(candidates, key=lambda one: one.person)
    rooms = quota(every, marks)["places"]
    eligible = [
        one for one in every if one.rank is not None and _proposed(one, marks) == COMPETENT and one.weighing is None
    ]
    last = _last_excellent([one.place for one in eligible], rooms)
    return [_graded(one, marks, last) for one in every]


def quota(candidates: Iterable[Candidate], marks: Marks) -> dict[str, int]:
    """Return how many are graded, the number that the quota is taken of, and how many of those can be 优秀."""
    every = list(candidates)
    graded = sum(at_best(one) != UNDETERMINED for one in every)
    base = graded if marks.quota_base == OF_GRADED else sum(_takes_part(one) for one in every)
    return {"graded": graded, "base": base, "places": base * marks.excellent_percent // 100}


def at_best(one: Candidate) -> str:
    """Return the best grade that the circumstances and the score leave open to the panel."""
    if one.weighing is not None and one.weighing[1] == INCOMPETENT:
        return INCOMPETENT
    if one.final is None:
        return UNDETERMINED
    return EXCELLENT if one.weighing is None else one.weighing[1]


def _takes_part(one: Candidate) -> bool:
    """Tell whether the person takes part: not who was away for more than half of the year, or has nothing to be appraised by."""
    return ABSENT_HALF not in one.circumstances and (one.final is not None or at_best(one) == INCOMPETENT)


def _graded(one: Candidate, marks: Marks, last: Place | None) -> Graded:
    name, left = one.weighing or (None, EXCELLENT)
    if left in (INCOMPETENT, UNDETERMINED):
        return Graded(one.person, left, name)
    proposed = _proposed(one, marks)
    reaches = proposed == COMPETENT and one.rank is not None and last is not None and one.place <= last
    if reaches and name is None:
        return Graded(one.person, EXCELLENT)
    return Graded(one.person, proposed, name if reaches else None)


def _proposed(one: Candidate, marks: Marks) -> str:
    if one.final is None:
        return UNDETERMINED
    if one.final >= marks.competent:
        return COMPETENT
    return BASIC if one.final >= marks.basic else INCOMPETENT


def _last_excellent(places: list[Place], rooms: int) -> Place | None:
    """Return the place of the last one who finds room with all of his equals; None where nobody does."""
    ordered = sorted(places)
    if rooms >= len(ordered):
        return ordered[-1] if ordered else None
    within = [place for place in ordered[:rooms] if place < ordered[rooms]]
    return within[-1] if within else None
