"""One achievement of several: the split is exactly the whole, by largest remainder in steps of whole hundredths of a point (docs/decisions/0222)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NotRequired, TypedDict

from rules import per_table
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.words import PERSON, Counts
from shared.vocabulary.refusals import conflict, invalid

FINEST = Fraction(1, 10**6)  # the last decimal of a count


class Share(TypedDict):
    """Of an achievement, one subject's part."""

    subject: str
    unit: str
    layer: str
    share: str  # decimal text
    proposed: NotRequired[str]  # once settled: what the subjects had proposed
    agreed: bool | None
    note: str


class Asked(TypedDict):
    subject: str
    share: Decimal


Shares = Sequence[Share]


def split(count: Decimal, per: Decimal, proportions: Sequence[Decimal]) -> list[Decimal]:
    """Return ``count`` of something worth ``per`` each, in parts whose sum is
    ``count`` and whose points are whole hundredths."""
    whole = Fraction(count)
    unit = _unit(Fraction(per))
    if (whole / unit).denominator != 1:
        unit = FINEST
    units, total = int(whole / unit), sum(map(Fraction, proportions))
    exact = [units * Fraction(one) / total for one in proportions]
    parts = [int(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: units - sum(parts)]:
        parts[place] += 1
    return [_decimal(part * unit) for part in parts]


def split_counts(indicator: Indicator, counts: Counts, proportions: Sequence[Decimal]) -> list[Counts]:
    """Return the counts of each, in the order of ``proportions``."""
    worth = per_table(indicator.rule_params)
    parts = {key: split(number, Decimal(worth[key]), proportions) for key, number in counts.items()}
    return [{key: part[place] for key, part in parts.items()} for place in range(len(proportions))]


def check_shares(shares: Sequence[Asked], subject: str) -> None:
    """Check that there are two subjects at least, each once, the declarer's among them."""
    subjects = [one["subject"] for one in shares]
    if len(subjects) < 2 or subject not in subjects:
        zh, en = "分享名单应含申报对象本人和至少一名合作者", "a share needs the declarer's subject and another one"
        raise invalid("shares.subjects", zh, en, "shares")
    if len(set(subjects)) < len(subjects):
        raise invalid("shares.repeated", "分享名单中有人重复", "somebody is named twice", "shares")
    if not all(one["share"] > 0 for one in shares):
        raise invalid("shares.positive", "分享比例应大于 0", "a share must be above 0", "shares")


def check_same_subjects(shares: Sequence[Asked], kept: Sequence[Share]) -> None:
    if sorted(one["subject"] for one in shares) != sorted(one["subject"] for one in kept):
        zh, en = "核定的分享名单应与申报的一致", "the shares settled are those of the people declared"
        raise invalid("shares.others", zh, en, "shares")


def check_agreed(shares: Sequence[Share]) -> None:
    """Check the agreement: without the panel's own word the shares stand only where everybody agreed to them."""
    waiting = [one["subject"] for one in shares if one["agreed"] is not True]
    if waiting:
        names = "、".join(waiting)
        raise conflict(
            "shares.not_agreed",
            f"{names} 尚未同意分享比例，请待其答复，或由小组确定比例",
            f"{names} did not agree to the shares: wait, or let the panel set them",
        )


def persons_in(shares: Shares) -> set[str]:
    return {one["subject"] for one in shares if one["layer"] == PERSON}


def units_in(shares: Shares) -> set[str]:
    return {one["subject"] for one in shares if one["layer"] != PERSON}


def _unit(per: Fraction) -> Fraction:
    """The smallest step whose points are whole hundredths; a hundredth where the points themselves are finer."""
    return Fraction(per.denominator, 100) if 100 % per.denominator == 0 else Fraction(1, 100)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(int(number * 10**6)).scaleb(-6).normalize() + Decimal(0)
