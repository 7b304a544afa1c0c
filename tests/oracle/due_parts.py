"""What is due of a day, the slow way: minutes are walked one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

MINUTE = 60
Excused = Sequence[tuple[int, int, str]]  # leave and outings by the hour: seconds after midnight, and of which kind
ATTENDED = ("outing", "compensatory")  # of the kinds that the suites take by the hour


@dataclass(frozen=True)
class Rules:
    """Spans, tolerance and limit in minutes, as the shift gives them."""

    spans: tuple[tuple[int, int], ...]
    tolerance: int
    limit: int


@dataclass(frozen=True)
class Part:
    """What is due without a pause: seconds, names of the points (None: nobody punches there), the half-days it fills."""

    starts: int
    ends: int
    arrival: str | None
    departure: str | None
    halves: tuple[int, ...]


def middle_of(rules: Rules) -> int:
    first, last = rules.spans[0], rules.spans[-1]
    return (first[0] + first[1]) // 2 if len(rules.spans) == 1 else (first[1] + last[0]) // 2


def half_bounds(rules: Rules) -> list[tuple[int, int]]:
    if len(rules.spans) == 2:
        return [(first * MINUTE, last * MINUTE) for first, last in rules.spans]
    middle = middle_of(rules) * MINUTE
    return [(rules.spans[0][0] * MINUTE, middle), (middle, rules.spans[0][1] * MINUTE)]


def trim(first: int, last: int, outings: Excused) -> tuple[int, int] | None:
    """Walk in from both ends as long as one is out."""
    while first < last and any(one <= first < two for one, two, _ in outings):
        first += MINUTE
    while first < last and any(one < last <= two for one, two, _ in outings):
        last -= MINUTE
    return (first, last) if first < last else None


def longest(first: int, last: int, outings: Excused) -> str:
    """Count the minutes of each kind; of equal ones an attended kind, then the later in the alphabet. Empty where there is none."""
    minutes = [kind for one, two, kind in outings for at in range(first, last, MINUTE) if one <= at < two]
    return max(minutes, key=lambda kind: (minutes.count(kind), kind in ATTENDED, kind), default="")


def due(rules: Rules, leave: Sequence[str | None], outings: Excused) -> list[Part]:
    middle = middle_of(rules) * MINUTE
    if len(rules.spans) == 1:
        worked = [half for half in (0, 1) if not leave[half]]
        plan = [("arrive", "depart", rules.spans[0], worked)] if worked else []
    else:
        names = (("arrive", "noon_out"), ("noon_in", "depart"))
        plan = [(*names[n], span, [n]) for n, span in enumerate(rules.spans) if not leave[n]]
    found = []
    for arrival, departure, span, worked in plan:
        first, last = span[0] * MINUTE, span[1] * MINUTE
        if len(rules.spans) == 1:
            first, last = (first if 0 in worked else middle), (last if 1 in worked else middle)
        left = trim(first, last, outings)
        if left is None or left[1] - left[0] <= rules.tolerance * MINUTE:
            continue
        if len(rules.spans) == 1:
            filled = [half for half in worked if (left[0] < middle if half == 0 else left[1] > middle)]
            at_start, at_end = 0 in worked, 1 in worked
        else:
            filled, at_start, at_end = worked, True, True
        found.append(Part(*left, arrival if at_start else None, departure if at_end else None, tuple(filled)))
    return found
