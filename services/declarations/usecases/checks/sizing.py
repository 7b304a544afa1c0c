"""How large a sample is, and how it is spread: by a plan of GB/T 2828.1, by a tolerable rate, by points, or as asked."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.declarations.domain.sampling import gbt2828, strata
from services.declarations.statistics.bounds import size_for
from shared.contracts.declarations.commands.spot_checks import Method
from shared.database import Row
from shared.vocabulary.refusals import invalid

MOST_DRAWN = 60_000  # items of one draw, whose steps are numbered by two bytes


@dataclass(frozen=True)
class Sized:
    described: Row
    given: dict[str, int]  # how many of each stratum are drawn
    stratum_of: Sequence[str]  # by entry
    measures: Sequence[int]  # by entry; 1 for all where points do not matter

    @property
    def strata(self) -> dict[str, dict[str, int]]:
        lots = Counter(self.stratum_of)
        return {name: {"population": lots[name], "sample": count} for name, count in sorted(self.given.items())}


def sized(
    method: Method, points: Callable[[], list[Decimal]], risks: Callable[[], list[str]], population: int
) -> Sized:
    """Size the sample; ``points`` and ``risks`` of every entry are asked for only where the method looks at them."""
    _check_shares(method)
    size, described = _SIZES[method["name"]](method, population)
    if method["name"] == "points":
        return Sized(described, {strata.ALL: size}, [strata.ALL] * population, _measures(points(), method, size))
    if method["strata"] and size < population:
        stratum_of, given = strata.stratified(risks(), size, method["floor"])
    else:
        stratum_of, given = [strata.ALL] * population, {strata.ALL: size}
    return Sized(described, given, stratum_of, [1] * population)


def _by_plan(method: Method, population: int) -> tuple[int, Row]:
    plan = gbt2828.plan(population, method["level"], method["aql"], method["severity"])
    found = {"letter": plan.letter, "accept": plan.accept, "reject": plan.reject}
    return plan.size, _described(method, "level", "aql", "severity", **found)


def _by_rate(method: Method, population: int) -> tuple[int, Row]:
    size = size_for(population, method["rate"], method["confidence"], method["expected"])
    return _drawable(size), _described(method, "rate", "expected")


def _by_points(method: Method, population: int) -> tuple[int, Row]:
    """As many as by the rate of false points that is tolerated, of a whole without end: points are many."""
    if wanted := method.get("size"):
        return min(wanted, population), _described(method, "size")
    rate = method["rate"] * (1 - method["floor"])
    size = min(size_for(1_000_000_000, rate, method["confidence"], method["expected"]), population)
    return _drawable(size), _described(method, "rate", "expected")


def _drawable(size: int) -> int:
    """Return ``size``; raises ``Refused`` beyond what one draw can number (docs/decisions/0230)."""
    if size > MOST_DRAWN:
        raise invalid(
            "method.rate",
            f"按此要求须抽 {size} 项，一次最多 {MOST_DRAWN} 项，请放宽比率或缩小范围",
            f"that takes {size} items, one draw gives {MOST_DRAWN} at most: allow a higher rate or check less",
            "method.rate",
        )
    return size


def _as_asked(method: Method, population: int) -> tuple[int, Row]:
    wanted = method.get("size")
    if not wanted:
        raise invalid("method.size", "请填写抽取数量", "name the size of the sample", "method.size")
    return min(wanted, population), _described(method, "size")


def _measures(points: Sequence[Decimal], method: Method, size: int) -> list[int]:
    measures = strata.measures(points, method["floor"])
    return measures if size < len(points) else [1] * len(points)


_SIZES: dict[str, Callable[[Method, int], tuple[int, Row]]] = {
    "gbt2828": _by_plan,
    "rate": _by_rate,
    "points": _by_points,
    "size": _as_asked,
}


def _described(method: Method, *names: str, **found: Any) -> Row:
    asked: Mapping[str, Any] = method
    kept = ("name", *names, "confidence", "strata", "floor")
    return {name: asked[name] for name in kept} | found


def _check_shares(method: Method) -> None:
    if not strata.LEAST_FLOOR <= method["floor"] <= strata.MOST_FLOOR:
        raise invalid("method.floor", "随机部分应为 5% 至 50%", "the random floor is 5 % to 50 %", "method.floor")
    for name, share in (("confidence", method["confidence"]), ("rate", method["rate"])):
        if not 0 < share < 1:
            raise invalid(
                f"method.{name}", f"{name} 应在 0 与 1 之间", f"{name} lies between 0 and 1", f"method.{name}"
            )
