"""Grades of the yearly appraisal (公务员考核规定 2020): 优秀, 称职, 基本称职, 不称职, or 不确定等次, with whoever is not eligible for more.

Scores propose, circumstances limit: a person's own score gives a grade by the bureau's marks, the ranking gives 优秀 within its quota, and
what befell the person in the year caps it. Of several circumstances the heaviest counts. The panel decides; nothing here is final.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

EXCELLENT, COMPETENT, BASIC, INCOMPETENT, UNDETERMINED = GRADES = ("优秀", "称职", "基本称职", "不称职", "不确定等次")
BY_RULE, HIGHEST_QUOTA = 20, 25  # percent; above 20 only where the authority in charge approved it

# What a circumstance leaves at best, the heaviest first.
AT_BEST = {
    "heavier_penalty": UNDETERMINED,  # a penalty above 记过: this year and the next
    "demerit": UNDETERMINED,  # 记过, 党内严重警告
    "probation": UNDETERMINED,
    "absent_half": UNDETERMINED,  # leave over half of the year
    "warning": COMPETENT,  # 警告
    "admonition": COMPETENT,  # 诫勉
    "adjustment": COMPETENT,  # 组织调整
    "veto": COMPETENT,  # 否决项: not on the 先进 list, its scores stand (data/README.md §2)
}
VETO = "veto"
LASTING = ("heavier_penalty",)  # weighs on the year after as well


@dataclass(frozen=True)
class Marks:
    """From which final score on a grade is proposed; rules of the bureau. ``excellent_percent`` of those who are graded."""

    competent: Decimal = Decimal(70)
    basic: Decimal = Decimal(60)
    excellent_percent: int = BY_RULE

    def __post_init__(self) -> None:
        if not Decimal(0) <= self.basic <= self.competent <= 100 or not 0 <= self.excellent_percent <= HIGHEST_QUOTA:
            raise ValueError("marks go upwards to 100, and at most 25 in a hundred are 优秀")


@dataclass(frozen=True)
class Candidate:
    """``rank``: standard competition rank on the final score, None without one."""

    person: str
    final: Decimal | None
    rank: int | None
    circumstances: frozenset[str] = frozenset()
    last_year: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Graded:
    person: str
    grade: str
    limited_by: str | None = None  # the heaviest circumstance that kept the person from a better grade


def absent_half(days_away: int, working_days: int) -> bool:
    """Leave over half of the year's working days; exactly half is not over it."""
    return 2 * days_away > working_days


def grade(candidates: Iterable[Candidate], marks: Marks) -> list[Graded]:
    """In the order of their codes. Who equals the first beyond the quota is not 优秀 before him: the quota is an upper limit."""
    every = sorted(candidates, key=lambda one: one.person)
    rooms = quota(every, marks)["places"]
    eligible = [
        one for one in every if one.rank is not None and _proposed(one, marks) == COMPETENT and not _heaviest(one)
    ]
    last = _last_excellent([one.rank for one in eligible if one.rank is not None], rooms)
    return [_graded(one, marks, last) for one in every]


def quota(candidates: Iterable[Candidate], marks: Marks) -> dict[str, int]:
    """How many of those who are graded can be 优秀; who has no score, or may not have a grade, is not one of them."""
    graded = sum(at_best(one) != UNDETERMINED for one in candidates)
    return {"graded": graded, "places": graded * marks.excellent_percent // 100}


def at_best(one: Candidate) -> str:
    """The best grade that the circumstances and the score leave open to the panel."""
    heaviest = _heaviest(one)
    if one.final is None:
        return UNDETERMINED
    return EXCELLENT if heaviest is None else AT_BEST[heaviest]


def _graded(one: Candidate, marks: Marks, last: int) -> Graded:
    heaviest, proposed = _heaviest(one), _proposed(one, marks)
    if heaviest is not None and AT_BEST[heaviest] == UNDETERMINED:
        return Graded(one.person, UNDETERMINED, heaviest)
    reaches = proposed == COMPETENT and one.rank is not None and one.rank <= last
    if reaches and heaviest is None:
        return Graded(one.person, EXCELLENT)
    return Graded(one.person, proposed, heaviest if reaches else None)


def _proposed(one: Candidate, marks: Marks) -> str:
    if one.final is None:
        return UNDETERMINED
    if one.final >= marks.competent:
        return COMPETENT
    return BASIC if one.final >= marks.basic else INCOMPETENT


def _heaviest(one: Candidate) -> str | None:
    weighing = one.circumstances | {name for name in one.last_year if name in LASTING}
    return next((name for name in AT_BEST if name in weighing), None)


def _last_excellent(ranks: list[int], rooms: int) -> int:
    """The rank of the last one who finds room with all of his equals; 0 where nobody does."""
    ordered = sorted(ranks)
    if rooms >= len(ordered):
        return ordered[-1] if ordered else 0
    within = [rank for rank in ordered[:rooms] if rank < ordered[rooms]]
    return within[-1] if within else 0
