"""A day judged the slow way, from the sentences of the handbook: every way to give punches to points is tried.

Written apart from services/attendance/domain: minutes are walked one by one, choices are enumerated, nothing is taken over.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from tests.oracle.due_parts import MINUTE, Excused, Part, Rules, due, half_bounds, longest, middle_of, trim

Outcome = tuple[int, int, tuple[str, ...], tuple[str, str]]


def judge(
    rules: Rules,
    punches: Sequence[int],
    leave: Sequence[str | None],
    outings: Excused,
    corrected: Collection[str] = (),
    down: Sequence[tuple[int, int]] = (),
) -> Outcome:
    """Return (late, early, missed, halves). ``leave``: the kind of leave on each half-day; punches in seconds, ascending. ``corrected``:
    the points that count as punched when due, on a day with any punch at all. ``down``: when nobody could press."""
    known = corrected if punches else ()
    middle = middle_of(rules) * MINUTE
    halves = ["present", "present"]
    for half, (first, last) in enumerate(half_bounds(rules)):
        if leave[half]:
            halves[half] = str(leave[half])
        if trim(first, last, outings) is None:
            halves[half] = longest(first, last, outings)
    parts = due(rules, leave, outings)
    late, early, missed = 0, 0, []
    ends = [(part.arrival, part.starts) for part in parts] + [(part.departure, part.ends) for part in parts]
    free = [name for name, at in ends if name and any(first <= at <= last for first, last in down)]
    for part, own, taken in best(rules, parts, punches, middle, known, free):
        if not own and not {part.arrival, part.departure} & {*known, *free}:
            missed += away(rules, part, halves, middle, outings)
            continue
        for name, state in held(rules, part, taken, free):
            late += state == "late"
            early += state == "early"
            missed += [name] if state == "missed" else []
            if state == "absent":
                halves[part.halves[0] if name == part.arrival else part.halves[-1]] = "absent"
    return late, early, tuple(missed), (halves[0], halves[1])


def best(
    rules: Rules, parts: list[Part], punches: Sequence[int], middle: int, known: Collection[str], free: Collection[str]
) -> list[tuple[Part, Sequence[int], tuple[int | None, int | None]]]:
    """Return each part with its punches and the pair that explains it best."""
    if len(parts) < 2:
        return [(part, punches, pair(rules, part, punches, known)) for part in parts]
    cut = sum(one < middle for one in punches)
    sides = [punches[:cut], punches[cut:]]
    ways = [[pair(rules, part, own, known) for part, own in zip(parts, sides, strict=True)]]
    if all(sides):
        ways += moved_cuts(rules, parts, punches, cut, known, free)
    chosen = min(ways, key=lambda way: cost(rules, parts, way, free))
    return list(zip(parts, sides, chosen, strict=True))


def moved_cuts(
    rules: Rules, parts: list[Part], punches: Sequence[int], cut: int, known: Collection[str], free: Collection[str]
) -> Iterator[list[tuple[int | None, int | None]]]:
    """Other places at noon to divide the day: punches of the pause may lie on the other side."""
    cuts = (one for one in range(len(punches) + 1) if one != cut)
    for other in sorted(cuts, key=lambda one: (one > cut, one)):
        gone_back = punches[other:cut]
        gone_out = punches[cut:other]
        if all(one >= parts[0].ends for one in gone_back) and all(one <= parts[1].starts for one in gone_out):
            before, after = punches[:other], punches[other:]
            outs = [parts[0].ends] if "noon_out" in known else before
            backs = [parts[1].starts] if "noon_in" in known else after
            for out, back in product(outs, backs):
                if back - out >= MINUTE:
                    first = pair(rules, parts[0], [one for one in before if one <= out], known)
                    second = pair(rules, parts[1], [one for one in after if one >= back], known)
                    if first[1] == out and second[0] == back:
                        yield [first, second]
            yield from unseen_at_noon(rules, parts, before, after, known, free)


def unseen_at_noon(
    rules: Rules,
    parts: list[Part],
    before: Sequence[int],
    after: Sequence[int],
    known: Collection[str],
    free: Collection[str],
) -> Iterator[list[tuple[int | None, int | None]]]:
    """One of the two noon punches could not be made: the other one alone divides the day."""
    if "noon_out" in free and "noon_out" not in known:
        for back in after:
            second = pair(rules, parts[1], [one for one in after if one >= back], known)
            if back >= parts[0].ends and second[0] == back:
                yield [pair(rules, parts[0], [one for one in before if back - one >= MINUTE], known), second]
    if "noon_in" in free and "noon_in" not in known:
        for out in before:
            first = pair(rules, parts[0], [one for one in before if one <= out], known)
            if out <= parts[1].starts and first[1] == out:
                yield [first, pair(rules, parts[1], [one for one in after if one - out >= MINUTE], known)]


def pair(rules: Rules, part: Part, own: Sequence[int], known: Collection[str]) -> tuple[int | None, int | None]:
    """Try every arrival with every departure: most points explained, then fewest minutes late and early."""
    near = min(rules.limit * MINUTE + MINUTE - 1, (part.ends - part.starts) / 2)
    first, last = part.starts + near, part.ends - near
    arrivals: list[int | None] = [None, *(one for one in own if one <= first or one < last)]
    departures: list[int | None] = [None, *(one for one in own if one > first)]
    if part.arrival in known:
        arrivals = [part.starts]
    if part.departure in known:
        departures = [part.ends]

    def between(one: int | None) -> bool:
        return one is not None and first < one < last

    def worth(ends: tuple[int | None, int | None]) -> tuple[float, ...]:
        arrived, left = ends
        asked = (part.arrival is not None) * (arrived is not None) + (part.departure is not None) * (left is not None)
        delay = max(0, arrived - part.starts) if arrived is not None and part.arrival else 0
        haste = max(0, part.ends - left) if left is not None and part.departure else 0
        return (-asked, delay + haste, arrived is None)

    allowed = [
        (arrived, left)
        for arrived, left in product(arrivals, departures)
        if (arrived is None or left is None or arrived < left) and not (between(arrived) and between(left))
    ]
    return min(allowed, key=worth)


def states(rules: Rules, part: Part, taken: tuple[int | None, int | None]) -> list[tuple[str, str]]:
    found = []
    for name, due_at, punch, word in (
        (part.arrival, part.starts, taken[0], "late"),
        (part.departure, part.ends, taken[1], "early"),
    ):
        if name is None:
            continue
        if punch is None:
            found.append((name, "missed"))
            continue
        minutes = ((punch - due_at) if word == "late" else (due_at - punch)) // MINUTE
        state = "absent" if minutes > rules.limit else word if minutes > rules.tolerance else "ok"
        found.append((name, state))
    return found


def held(
    rules: Rules, part: Part, taken: tuple[int | None, int | None], free: Collection[str]
) -> list[tuple[str, str]]:
    return [(name, "ok" if name in free else state) for name, state in states(rules, part, taken)]


def cost(
    rules: Rules, parts: list[Part], way: Sequence[tuple[int | None, int | None]], free: Collection[str]
) -> tuple[int, int, int]:
    found = [state for part, taken in zip(parts, way, strict=True) for _, state in held(rules, part, taken, free)]
    faults = sum(one in ("late", "early", "missed") for one in found)
    return found.count("absent"), faults, found.count("missed")


def away(rules: Rules, part: Part, halves: list[str], middle: int, outings: Excused) -> list[str]:
    """Nobody punched: half a day is absence, but where hours out left no more of it than one may be late."""
    bounds = [(part.starts, part.ends)]
    if len(part.halves) == 2:
        bounds = [(part.starts, middle), (middle, part.ends)]
    for half, (first, last) in zip(part.halves, bounds, strict=True):
        out = longest(*half_bounds(rules)[half], outings)
        halves[half] = "absent" if not out or last - first > rules.limit * MINUTE else out
    absent = any(halves[half] == "absent" for half in part.halves)  # whatever the other part of the day was
    return [] if absent else [name for name in (part.arrival, part.departure) if name]
