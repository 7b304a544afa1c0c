"""Who works in the demo bureau: every position of the sheet filled once, the rest where the work is.

Positions of the panel (K01) are additional roles of people counted elsewhere, as data/reference/README.md §5 says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, islice

from ops.demo.names import names
from ops.demo.reference import Position, positions, units

SMALLEST = 30

# One of each line, so that a bureau with a single station still answers to all five.
_STATION_CORE = ("S-01", "S-02", "S-03", "S-08", "S-09")
_EARLY = ("D10-02", "C01-02")
# Positions that several people hold, in the order in which further people are hired.
_STATION_EXTRA = ("S-04", "S-06", "S-07", "S-04", "S-05", "S-03", "S-06", "S-04", "S-08", "S-09", "S-07", "S-05")
_BUREAU_EXTRA = ("C01-02", "D08-03", "D01-02", "C01-02", "D07-02", "C01-03", "D03-03", "D08-03", "A01-02", "D06-02")


@dataclass(frozen=True)
class Member:
    """One of the staff. ``code`` is also the number under which the clocks know them."""

    code: str
    name: str
    unit: str
    line: str
    position: str
    head: bool


def staff(n: int = 300, seed: int = 2026) -> list[Member]:
    """Return ``n`` people, the same for the same seed; ``ValueError`` below
    ``SMALLEST``, where some unit would have no head."""
    if n < SMALLEST:
        raise ValueError(f"a bureau needs at least {SMALLEST} people, not {n}")
    slots = islice(_slots(), n)
    return [
        Member(f"P{number:04d}", name, unit, position.line, position.code, position.head)
        for number, ((unit, position), name) in enumerate(zip(slots, names(seed), strict=False), start=1)
    ]


Slot = tuple[str, Position]


def _slots() -> Iterator[Slot]:
    """Places in the order in which they are filled; the first ``SMALLEST`` make a bureau that can work."""
    seen: set[Slot] = set()
    for slot in _every_position():
        if slot not in seen:
            seen.add(slot)
            yield slot
    yield from _more_people()


def _every_position() -> Iterator[Slot]:
    by_code = {position.code: position for position in positions()}
    own = [(position.unit, position) for position in positions() if position.unit_kind not in ("station", "body")]
    leaders = [slot for slot in own if slot[1].unit_kind == "bureau"]
    stations = [unit.code for unit in units() if unit.kind == "station"]
    at_stations = [position for position in positions() if position.unit_kind == "station"]
    yield from (slot for slot in own if slot[1].head)
    yield from ((stations[0], by_code[code]) for code in _STATION_CORE)
    yield from ((by_code[code].unit, by_code[code]) for code in _EARLY)
    yield from ((stations[0], position) for position in at_stations)
    yield from leaders
    yield from chain.from_iterable(((station, position) for position in at_stations) for station in stations[1:])
    yield from own


def _more_people() -> Iterator[Slot]:
    """Three of four further people go to the stations, in turn, the fourth to a section with much counter work."""
    by_code = {position.code: position for position in positions()}
    stations = [unit.code for unit in units() if unit.kind == "station"]
    at_stations = chain.from_iterable(((unit, by_code[code]) for unit in stations) for code in cycle(_STATION_EXTRA))
    at_bureau = ((by_code[code].unit, by_code[code]) for code in cycle(_BUREAU_EXTRA))
    while True:
        yield from islice(at_stations, 3)
        yield next(at_bureau)
