"""An advice in a sentence, for the person it is given to."""

from collections.abc import Iterable
from datetime import date

from rules import counted
from services.scoring.domain.advice import Advice
from shared.vocabulary.periods import period
from shared.vocabulary.scoring import DESK_STEPS


def advice_sentence(advice: Advice, steps: Iterable[str], ends: date) -> str:
    """``steps``: what those who have it on the desk are to do. ``ends``: the last day of the year's work."""
    now = "现不计分" if advice.now.points is None else f"现得 {advice.now.points} 分"
    return f"{_TOLD[advice.action](advice, '、'.join(DESK_STEPS[one] for one in steps), ends)} {advice.then.points} 分，{now}。"


def _declare(advice: Advice, _steps: str, _ends: date) -> str:
    also = f"，连同目标还差的{counted(advice.more)}" if advice.more else ""
    return f"{_periods(advice)}未申报：补报{also}，最多得"


def _complete(advice: Advice, _steps: str, _ends: date) -> str:
    return f"{_periods(advice)}的任务单尚未完成：按要求完成，评定后最多得"


def _wait(advice: Advice, steps: str, _ends: date) -> str:
    return f"{_periods(advice)}已申报，待{steps}：照申报的通过后得"


def _do_more(advice: Advice, _steps: str, ends: date) -> str:
    lacking = f"目标 {advice.now.target}，还差{counted(advice.more)}"
    return f"{lacking}：{_day(ends)}前完成，最多得"


def _improve(advice: Advice, _steps: str, ends: date) -> str:
    numerator, denominator = (advice.now.counts[name] for name in ("numerator", "denominator"))
    return (
        f"现为 {numerator} ÷ {denominator}：{_day(ends)}前再有 {advice.more['denominator']} 个计入分母的全部达标，可升一档，得"
    )


def _contribute(advice: Advice, _steps: str, ends: date) -> str:
    return f"{_day(ends)}前再有{counted(advice.more)}获认定，可得"


def _periods(advice: Advice) -> str:
    return "、".join(map(period, advice.periods))


def _day(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


_TOLD = {
    "declare": _declare,
    "complete": _complete,
    "wait": _wait,
    "do_more": _do_more,
    "improve": _improve,
    "contribute": _contribute,
}
