"""A person and the places they held, one at a time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta


class AssignmentFault(Exception):
    """A move that the history does not allow; ``code`` says which rule, ``zh`` and ``en`` say it to people."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True)
class Place:
    """A unit and position held from ``starts`` to ``ends``, both included; no ``ends`` while it lasts."""

    unit: str
    line: str
    position: str
    head: bool
    starts: date
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class Person:
    person: str
    name: str
    places: tuple[Place, ...]  # by start, without overlap
    active: bool = True
    revision: int = 1
    by: str = ""

    def place_on(self, day: date) -> Place | None:
        return next((place for place in self.places if place.holds_on(day)), None)

    def nearest_place(self, day: date) -> Place:
        """The place on ``day``; before the first and after the last one, that one."""
        begun = [place for place in self.places if place.starts <= day]
        return begun[-1] if begun else self.places[0]

    def move(self, to: Place) -> "Person":
        """From ``to.starts`` on the person holds the new place; the one before ends the day before."""
        last = self.places[-1]
        if to.starts <= last.starts:
            raise AssignmentFault(
                "assignment.order", "调动日期应晚于现任职起始日期", "a move must come after the last one"
            )
        if last.ends is not None and last.ends < to.starts:
            return replace(self, places=(*self.places, to), active=True, revision=self.revision + 1)
        ended = replace(last, ends=to.starts - timedelta(days=1))
        return replace(self, places=(*self.places[:-1], ended, to), revision=self.revision + 1)

    def depart(self, last_day: date) -> "Person":
        """The last place ends with ``last_day``; from then on the person is no longer of the staff."""
        last = self.places[-1]
        if last_day < last.starts:
            raise AssignmentFault("assignment.order", "离任日期不得早于任职起始日期", "nobody leaves before they came")
        places = (*self.places[:-1], replace(last, ends=last_day))
        return replace(self, places=places, active=False, revision=self.revision + 1)
