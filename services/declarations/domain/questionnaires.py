"""What raters are asked and what their answers weigh: dimensions, groups of raters, votes weighted exactly (docs/decisions/0220)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from rules import GRADES
from rules.votes import FEWEST, is_secret
from services.declarations.domain.words import Counts
from shared.vocabulary.refusals import invalid

MOST_WEIGHTED = 6  # groups with weights: their votes on one scale stay numbers of less than 28 digits
OVERALL = ""  # the dimension of a campaign that asks for one grade only

Grades = str | Mapping[str, str]  # one grade, or dimension -> grade
Votes = Mapping[str, Grades]  # subject -> grades
Cast = Sequence[tuple[str, Votes]]  # (rater group, votes) of every ballot


@dataclass(frozen=True)
class RaterGroup:
    group: str
    weight: Fraction | None  # None: its votes count like everybody's
    minimum: int  # votes on a subject below which the group does not count for it


@dataclass(frozen=True)
class Questionnaire:
    dimensions: Mapping[str, Fraction]  # name -> weight, summing to 1
    groups: tuple[RaterGroup, ...]

    @classmethod
    def of(cls, dimensions: Sequence[Mapping[str, str]], groups: Sequence[Mapping[str, object]]) -> "Questionnaire":
        """Return a questionnaire from what a campaign keeps; one overall grade where it names no dimensions."""
        weights = {one["dimension"]: Fraction(one["weight"]) for one in dimensions}
        return cls(weights or {OVERALL: Fraction(1)}, tuple(_group(one) for one in groups))

    @property
    def weighted(self) -> bool:
        return any(one.weight is not None for one in self.groups)


@dataclass(frozen=True)
class Tally:
    """What counts for one subject: ``counts`` (grade -> votes, weighted where weights are given), ballots, groups left out."""

    counts: Counts
    votes: int
    left_out: list[str]


def check_questionnaire(questionnaire: Questionnaire) -> None:
    if sum(questionnaire.dimensions.values()) != 1:
        raise invalid("dimensions.sum", "各维度权重之和应为 1", "the dimensions' weights must sum to 1", "dimensions")
    if not questionnaire.weighted:
        return
    weights = [one.weight for one in questionnaire.groups]
    if len(weights) > MOST_WEIGHTED:
        zh, en = f"设权重的评价组最多 {MOST_WEIGHTED} 个", f"at most {MOST_WEIGHTED} groups with weights"
        raise invalid("groups.many", zh, en, "groups")
    if sum(weight or 0 for weight in weights) != 1 or not all(weights):
        raise invalid("groups.sum", "各评价组都应有权重，合计为 1", "every group needs a weight, together 1", "groups")
    if any(one.minimum < FEWEST for one in questionnaire.groups):
        zh = f"设权重的评价组最少人数不得低于 {FEWEST}，否则可由结果推出个别人的评价"
        raise invalid("groups.minimum", zh, f"a weighted group needs a minimum of {FEWEST} or more", "groups")


def by_dimension(grades: Grades) -> Mapping[str, str]:
    return {OVERALL: grades} if isinstance(grades, str) else grades


def tallied(questionnaire: Questionnaire, cast: Cast) -> dict[str, Tally]:
    """Return subject -> what counts, over all ballots."""
    given: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    for group, votes in cast:
        for subject, grades in votes.items():
            given.setdefault(subject, {}).setdefault(group, []).append(by_dimension(grades))
    return {subject: _tally(questionnaire, by_group) for subject, by_group in given.items()}


def counted_groups(questionnaire: Questionnaire, votes: Mapping[str, int]) -> list[RaterGroup]:
    """Return the groups that count for a subject, by how many of each voted on it."""
    return [one for one in questionnaire.groups if votes.get(one.group, 0) >= max(1, one.minimum)]


def nobody_voted(questionnaire: Questionnaire) -> Tally:
    return _tally(questionnaire, {})


def _tally(questionnaire: Questionnaire, by_group: Mapping[str, list[Mapping[str, str]]]) -> Tally:
    sizes = {group: len(given) for group, given in by_group.items()}
    counting = counted_groups(questionnaire, sizes)
    amounts: Counter[str] = Counter()
    for one in counting:
        each = one.weight / sizes[one.group] if one.weight is not None else Fraction(1)
        for grades in by_group[one.group]:
            for dimension, weight in questionnaire.dimensions.items():
                amounts[grades[dimension]] += each * weight  # type: ignore[assignment]  # a Counter of fractions
    left_out = sorted(one.group for one in questionnaire.groups if sizes.get(one.group, 0) < one.minimum)
    votes = sum(sizes[one.group] for one in counting)
    if is_secret(
        votes
    ):  # so few neither judge anybody nor may be told: the item is not applicable (docs/decisions/0330)
        return Tally({}, votes, left_out)
    return Tally(_whole(amounts, lowest=questionnaire.weighted), votes, left_out)


def _whole(amounts: Mapping[str, Fraction | int], *, lowest: bool) -> Counts:
    """The amounts on the smallest scale on which all are whole numbers: their mean is the same, exactly."""
    scale = lcm(*(Fraction(amount).denominator for amount in amounts.values()))
    whole = {grade: int(amounts[grade] * scale) for grade in GRADES if amounts.get(grade)}
    common = gcd(*whole.values()) if lowest and whole else 1
    return {grade: Decimal(number // common) for grade, number in whole.items()}


def _group(one: Mapping[str, object]) -> RaterGroup:
    weight = one.get("weight")
    minimum = one.get("minimum") or 0
    return RaterGroup(str(one["group"]), None if weight is None else Fraction(str(weight)), int(str(minimum)))


def subjects_of(cast: Iterable[tuple[str, Votes]]) -> list[str]:
    return sorted({subject for _, votes in cast for subject in votes})
