"""What the past lets expect, exactly: fractions all the way, rounded once to the item's smallest piece (decision 0111).

Up to three years: simple exponential smoothing. More: the mean of the last year, the mean of the last three, and a damped
trend. Then drawn to the peers' median by λ, so that a good year is not simply next year's duty (the ratchet), and held within
the leaders' floor and ceiling. Every step that changed the number says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from rules import PERCENT, RULES
from services.targets.domain.indicators import Indicator
from services.targets.domain.quantities import plain
from services.targets.domain.sharing import SharingSettings, middle


@dataclass(frozen=True)
class Reason:
    code: str
    zh: str
    en: str


@dataclass
class Forecast:
    """One number on its way from history to proposal, with what was done to it."""

    history: Mapping[str, Decimal]
    method: str = "none"
    forecast: Decimal | None = None
    peer: Decimal | None = None
    damped: Decimal | None = None
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    proposed: Decimal | None = None
    reasons: list[Reason] = field(default_factory=list)

    def because(self, code: str, zh: str, en: str) -> None:
        self.reasons.append(Reason(code, zh, en))


def expect(history: Sequence[Fraction], settings: SharingSettings) -> tuple[str, Fraction]:
    """Return (method, next value) of a series in the order of its years; at least one value."""
    if len(history) <= settings.years:
        return "smoothing", _smoothed(history, Fraction(settings.smoothing))
    recent = history[-settings.years :]
    changes = [after - before for before, after in pairwise(recent)]
    trend = history[-1] + Fraction(settings.trend) * sum(changes, Fraction(0)) / len(changes)
    return "combined", (history[-1] + sum(recent, Fraction(0)) / settings.years + max(trend, Fraction(0))) / 3


def forecast_target(
    indicator: Indicator,
    history: Mapping[str, Decimal],
    limits: tuple[Decimal | None, Decimal | None],
    settings: SharingSettings,
    peer: Fraction | None = None,
) -> Forecast:
    """Return next year's number. ``peer``: the median of those alike; without peers
    the median of the own past stands for it."""
    result = Forecast({year: history[year] for year in sorted(history)}, floor=limits[0], ceiling=limits[1])
    if RULES[indicator.rule].strikes:
        return _fixed(result, Decimal(0), "veto", "否决项目标为 0", "a veto's target is 0")
    if not history:
        zh, en = "没有往年实绩，沿用现目标", "no past results: the present target stays"
        return _limited(result, _fixed(result, indicator.target, "history.none", zh, en).proposed, indicator)
    series = [Fraction(value) for value in result.history.values()]
    result.method, expected = expect(series, settings)
    result.forecast = _rounded(expected, indicator)
    result.because(
        f"forecast.{result.method}",
        f"按{len(series)}年实绩预测为 {result.forecast}",
        f"{len(series)} years let expect {result.forecast}",
    )
    median = middle(sorted(series[-settings.years :])) if peer is None else peer
    drawn = Fraction(settings.ratchet)
    damped = expected * (1 - drawn) + median * drawn
    result.peer, result.damped = _rounded(median, indicator), _rounded(damped, indicator)
    whose = "历年" if peer is None else "同类单位"
    result.because(
        "ratchet",
        f"向{whose}中位数 {result.peer} 靠拢（λ={settings.ratchet}），得 {result.damped}",
        f"drawn to the median {result.peer} (λ={settings.ratchet}): {result.damped}",
    )
    return _limited(
        result, _by_rule(result, damped, series[-1], indicator, settings if peer is None else None), indicator
    )


def _smoothed(history: Sequence[Fraction], smoothing: Fraction) -> Fraction:
    value = history[0]
    for one in history[1:]:
        value = smoothing * one + (1 - smoothing) * value
    return value


def _by_rule(
    result: Forecast, damped: Fraction, last: Fraction, indicator: Indicator, own: SharingSettings | None
) -> Decimal | None:
    """What each rule asks of a target (data/README.md §三, 4); ``own``: the settings, where no peers stand for the past."""
    rule = RULES[indicator.rule]
    best = rule.best_target(indicator.rule_params)
    if best is not None:
        return _step(result, best, higher=rule.higher_is_better(indicator.rule_params))
    if rule.less_is_better and damped > last:
        result.because(
            "deduct.last", f"管控数不高于上年实绩 {_rounded(last, indicator)}", "not above last year's number"
        )
        return _rounded(last, indicator)
    if rule.shared_out and own and last:
        low, high = Fraction(own.lowest), Fraction(own.highest)
        held = min(max(damped, low * last), high * last)
        if held != damped:
            zh = f"限于上年实绩的 {own.lowest}～{own.highest} 倍"
            en = f"kept within {own.lowest} to {own.highest} of last year's result"
            result.because("jump", zh, en)
        return _rounded(held, indicator)
    return _rounded(damped, indicator)


def _step(result: Forecast, best: Decimal, *, higher: bool) -> Decimal:
    """The rule itself sets the target, a best step; where the past beats it, that is said, for the panel to raise the step."""
    result.because("step", f"目标等于满分档界限 {best}", f"the target is the best step, {best}")
    better = result.forecast is not None and (result.forecast > best if higher else result.forecast < best)
    if better:
        result.because(
            "step.beaten", "预测已优于满分档，可考虑提高档位", "the forecast beats the best step: consider raising it"
        )
    return best


def _fixed(result: Forecast, value: Decimal | None, code: str, zh: str, en: str) -> Forecast:
    result.proposed = value
    result.because(code, zh, en)
    return result


def _limited(result: Forecast, value: Decimal | None, indicator: Indicator) -> Forecast:
    """The leaders' word is the last one, except on steps, which are the rule itself."""
    result.proposed = value
    if value is None or RULES[indicator.rule].best_target(indicator.rule_params) is not None:
        return result
    if result.floor is not None and value < result.floor:
        result.proposed = result.floor
        result.because("floor", f"低于领导下限，取 {result.floor}", f"raised to the leaders' floor {result.floor}")
    elif result.ceiling is not None and value > result.ceiling:
        result.proposed = result.ceiling
        result.because("ceiling", f"高于领导上限，取 {result.ceiling}", f"cut to the leaders' ceiling {result.ceiling}")
    return result


def _rounded(value: Fraction, indicator: Indicator) -> Decimal:
    """Half-up to the item's smallest piece; ratios to a thousandth."""
    piece = Decimal("0.001") if indicator.measure_unit == PERCENT else indicator.quantum
    pieces = (Decimal(value.numerator) / (Decimal(value.denominator) * piece)).quantize(Decimal(1), ROUND_HALF_UP)
    return plain(pieces * piece)
