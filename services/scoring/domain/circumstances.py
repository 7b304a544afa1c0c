"""What befell a person in a year, and which grade that leaves at best: in the year itself and in those that follow.

Sources: 公务员考核规定 (2020); 关于受党纪处分的党政机关工作人员年度考核有关问题的意见 (组通字〔1998〕19 号), items 1 to 7: 撤销党内职务,
留党察看 and 开除党籍 are 不称职 in their year, the last two leave the second (二年: and third) year without a grade; who is under
investigation (立案未结) has none until it is settled. Of several the one that weighs more on the grade counts (item 7).
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

EXCELLENT, COMPETENT, BASIC, INCOMPETENT, UNDETERMINED = GRADES = ("优秀", "称职", "基本称职", "不称职", "不确定等次")
VETO, ABSENT_HALF, INVESTIGATION = "veto", "absent_half", "investigation"
_BY_WEIGHT = (INCOMPETENT, UNDETERMINED, COMPETENT)  # which effect on a grade is the heavier


@dataclass(frozen=True)
class Effect:
    """``at_best``: the best grade of its own year; ``after``: of the second and third year, where it weighs on those."""

    at_best: str
    after: tuple[str, ...] = ()


EFFECTS = {  # the heaviest first
    "party_expulsion": Effect(INCOMPETENT, (UNDETERMINED, UNDETERMINED)),
    "party_probation_two": Effect(INCOMPETENT, (UNDETERMINED, UNDETERMINED)),
    "party_probation": Effect(INCOMPETENT, (UNDETERMINED,)),
    "party_removal": Effect(INCOMPETENT),
    "refusal": Effect(INCOMPETENT),
    INVESTIGATION: Effect(UNDETERMINED),
    "heavier_penalty": Effect(UNDETERMINED, (UNDETERMINED,)),  # 记大过, 降级, 撤职
    "removal": Effect(UNDETERMINED),  # 责令辞职, 免职, 降职
    "demerit": Effect(UNDETERMINED),  # 记过, 党内严重警告
    "probation": Effect(UNDETERMINED),
    ABSENT_HALF: Effect(UNDETERMINED),  # leave over half of the year
    "warning": Effect(COMPETENT),
    "admonition": Effect(COMPETENT),  # 诫勉
    "adjustment": Effect(COMPETENT),  # 组织调整
    VETO: Effect(COMPETENT),  # 否决项: not on the 先进 list, its scores stand (data/README.md §2)
}
LASTING = {
    name: len(effect.after) for name, effect in EFFECTS.items() if effect.after
}  # -> years it weighs on after its own
LONGEST = max(LASTING.values())


def leave_in_words(days: Decimal, working_days: int) -> str:
    """Return what an absence of half a year rests on, as attendance knows it."""
    return f"考勤记录：病假、事假累计 {days.normalize():f} 个工作日，超过全年 {working_days} 个工作日的一半"


def heaviest(*years: Collection[str]) -> tuple[str, str] | None:
    """Return the circumstance that weighs most and the best grade it leaves, None without any.

    ``years``: what befell the person in this year, in the year before, in the one before that.
    """
    weighing = [
        (_BY_WEIGHT.index(left), place, name, left)
        for place, (name, effect) in enumerate(EFFECTS.items())
        for left, befell in zip((effect.at_best, *effect.after), years, strict=False)
        if name in befell
    ]
    return min(weighing)[2:] if weighing else None
