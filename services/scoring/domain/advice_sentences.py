"""An advice in a sentence, for the person it is given to."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rules import QUANTITIES
from services.scoring.domain.advice import Advice
from shared.vocabulary.periods import period
from shared.vocabulary.scoring import DESK_STEPS


def advice_sentence(advice: Advice, steps: Iterable[str], ends: date) -> str:
    """Say the advice in words; ``steps``: what those who have it on the desk are to do.
    ``ends``: the last day of the year's work."""
    now = "现不计分" if advice.now.points is None else f"现得 {advice.now.points} 分"
    return f"{_TOLD[advice.action](advice, '、'.join(DESK_STEPS[one] for one in steps), ends)} {advice.then.points} 分，{now}。"


def _declare(advice: Advice, _steps: str, _ends: date) -> str:
    also = f"，连同目标还差的 {_plain(advice.more['done'])}" if advice.more else ""
    return f"{_periods(advice)}未申报：补报{also}，最多得"


def _complete(advice: Advice, _steps: str, _ends: date) -> str:
    return f"{_periods(advice)}的任务单尚未完成：按要求完成，评定后最多得"


def _wait(advice: Advice, steps: str, _ends: date) -> str:
    made = "已报完成" if advice.item.tool == "accountability" else "已申报"
    return f"{_periods(advice)}{made}，待{steps}：通过后最多得"


def _do_more(advice: Advice, _steps: str, ends: date) -> str:
    target = _plain(advice.now.target or Decimal(0))
    return f"目标 {target}，还差 {_plain(advice.more['done'])}：{_day(ends)}前完成，最多得"


def _improve(advice: Advice, _steps: str, ends: date) -> str:
    numerator, denominator = (_plain(advice.now.counts[name]) for name in ("numerator", "denominator"))
    more = _plain(advice.more["denominator"])
    return f"现为 {numerator} ÷ {denominator}：{_day(ends)}前再有 {more} 个计入分母的全部达标，可升一档，得"


def _contribute(advice: Advice, _steps: str, ends: date) -> str:
    (kind,) = advice.more
    return f"{_day(ends)}前再有一项{'' if kind == 'count' else QUANTITIES.get(kind, kind)}获认定，可得"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


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
